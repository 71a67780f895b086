"""Writes the .pth files beside it with PyTorch 1.13, in both layouts. What they hold is what PyTorchFileTests expects.

Run with the Python that has PyTorch 1.13, in this folder:  python3 make.py
"""
from collections import OrderedDict

import torch

DTYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool]


def save(what, name):
    torch.save(what, f"{name}.zip.pth")
    torch.save(what, f"{name}.older.pth", _use_new_zipfile_serialization=False)


base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
save(
    {
        "types": OrderedDict((str(t), torch.tensor([0, 1, 2]).to(t)) for t in DTYPES),
        "views": [base, base.t(), base[1:3, ::2], base[2, 3], base[:0], base[:, 1].unsqueeze(0)],
        "parameter": torch.nn.Parameter(torch.tensor([[1.5, -2.0]])),
    },
    "tensors",
)

# A network as it is usually saved: wrapped, by DataParallel, beside numbers; its state_dict carries versions as an attribute.
model = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2), torch.nn.Flatten(), torch.nn.Linear(2 * 26 * 26, 3))
with torch.no_grad():
    for name, value in model.state_dict().items():
        value.copy_((torch.arange(value.numel()) * 7919 % 1000).reshape(value.shape) / 1000)
state = OrderedDict((f"module.{name}", value) for name, value in model.state_dict().items())
state._metadata = model.state_dict()._metadata
save(
    {
        "epoch": 3, "big": -(2**40), "best": 91.5, "name": "r\u00e9seau", "flags": [True, False, None], "size": torch.Size([2, 3]),
        "pair": (1, "a"), "state_dict": state,
    },
    "network",
)

# Not to be read: a function, an object of another class, and a tensor that only looks like many numbers.
class Mine:
    pass


save({"hook": print}, "function")
save(Mine(), "object")
save(torch.zeros(1).expand(1000), "expanded")

"""Writes ModuleGoldens.cs: what PyTorch 1.13 gives for the layers, losses, optimisers and schedules that the tests name.

Run with the Python that has PyTorch 1.13:  python3 ModuleGoldens.py > ModuleGoldens.cs
"""
import math
import sys
import warnings

import torch
import torch.nn as nn
import torch.nn.functional as F

warnings.filterwarnings("ignore")
torch.set_num_threads(1)


def ramp(*shape, offset=0, dtype=torch.float64):
    """Numbers between -0.5 and 0.5 that any program can make exactly."""
    n = math.prod(shape)
    whole = ((torch.arange(n) + offset) * 7919).remainder(1000)
    return (whole.to(dtype) / 1000 - 0.5).reshape(shape)


def numbers(t):
    return [float(v) for v in t.detach().reshape(-1)]


out = {}

# ---- initial weights ------------------------------------------------------------------------------------------------
inits = {
    "Linear": lambda: nn.Linear(7, 5),
    "Conv2d": lambda: nn.Conv2d(4, 6, 3, groups=2),
    "Conv1d": lambda: nn.Conv1d(3, 4, 5),
    "ConvTranspose2d": lambda: nn.ConvTranspose2d(4, 6, 3, groups=2),
    "Embedding": lambda: nn.Embedding(5, 3, padding_idx=1),
    "BatchNorm2d": lambda: nn.BatchNorm2d(3),
    "PReLU": lambda: nn.PReLU(2),
    "LayerNorm": lambda: nn.LayerNorm([2, 3]),
}
for name, make in inits.items():
    torch.manual_seed(11)
    out["init." + name] = [v for p in make().parameters() for v in numbers(p)]


def filled(f, shape=(6, 4, 3, 3)):
    torch.manual_seed(12)
    return numbers(f(torch.empty(shape)))[:20]


out["init.kaiming_uniform_"] = filled(lambda t: nn.init.kaiming_uniform_(t, nonlinearity="relu"))
out["init.kaiming_normal_"] = filled(lambda t: nn.init.kaiming_normal_(t, mode="fan_out", nonlinearity="relu"))
out["init.xavier_uniform_"] = filled(lambda t: nn.init.xavier_uniform_(t, gain=1.5))
out["init.xavier_normal_"] = filled(nn.init.xavier_normal_)
out["init.normal_"] = filled(lambda t: nn.init.normal_(t, 0.5, 2.0))
out["init.uniform_"] = filled(lambda t: nn.init.uniform_(t, -2.0, 3.0))
out["init.trunc_normal_"] = filled(lambda t: nn.init.trunc_normal_(t, 0.0, 1.0))
out["init.orthogonal_"] = filled(nn.init.orthogonal_, (5, 3))

# ---- layers: output for a formula input, weights from the formula too -----------------------------------------------
image = (2, 4, 6, 5)
layers = {
    "Linear": (lambda: nn.Linear(5, 3), (2, 4, 5)),
    "Linear.plain": (lambda: nn.Linear(5, 3, bias=False), (2, 5)),
    "Conv2d": (lambda: nn.Conv2d(4, 3, 3), image),
    "Conv2d.strided": (lambda: nn.Conv2d(4, 2, (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 2)), image),
    "Conv2d.groups": (lambda: nn.Conv2d(4, 4, 3, padding=1, groups=4, bias=False), image),
    "Conv2d.same": (lambda: nn.Conv2d(4, 2, 3, padding="same"), image),
    "Conv1d": (lambda: nn.Conv1d(3, 2, 3, stride=2, padding=1), (2, 3, 7)),
    "ConvTranspose2d": (lambda: nn.ConvTranspose2d(4, 2, 3, stride=2, padding=1, output_padding=1), (1, 4, 3, 2)),
    "BatchNorm2d": (lambda: nn.BatchNorm2d(4), image),
    "BatchNorm1d": (lambda: nn.BatchNorm1d(3), (5, 3)),
    "LayerNorm": (lambda: nn.LayerNorm([6, 5]), image),
    "GroupNorm": (lambda: nn.GroupNorm(2, 4), image),
    "LocalResponseNorm": (lambda: nn.LocalResponseNorm(3, alpha=0.5, beta=0.75, k=2.0), image),
    "ReLU": (lambda: nn.ReLU(), (10,)),
    "ReLU6": (lambda: nn.ReLU6(), (10,)),
    "LeakyReLU": (lambda: nn.LeakyReLU(0.2), (10,)),
    "PReLU": (lambda: nn.PReLU(4), (2, 4, 3)),
    "ELU": (lambda: nn.ELU(0.7), (10,)),
    "GELU": (lambda: nn.GELU(), (10,)),
    "SiLU": (lambda: nn.SiLU(), (10,)),
    "Mish": (lambda: nn.Mish(), (10,)),
    "Hardswish": (lambda: nn.Hardswish(), (10,)),
    "Hardsigmoid": (lambda: nn.Hardsigmoid(), (10,)),
    "Hardtanh": (lambda: nn.Hardtanh(-0.2, 0.3), (10,)),
    "Softplus": (lambda: nn.Softplus(2.0), (10,)),
    "Sigmoid": (lambda: nn.Sigmoid(), (10,)),
    "Tanh": (lambda: nn.Tanh(), (10,)),
    "Softmax": (lambda: nn.Softmax(1), (2, 5)),
    "LogSoftmax": (lambda: nn.LogSoftmax(1), (2, 5)),
    "MaxPool2d": (lambda: nn.MaxPool2d(2), image),
    "MaxPool2d.ceil": (lambda: nn.MaxPool2d(3, stride=2, padding=1, ceil_mode=True), image),
    "AvgPool2d": (lambda: nn.AvgPool2d(2, stride=1, padding=1, count_include_pad=False), image),
    "AvgPool2d.pair": (lambda: nn.AvgPool2d((3, 2), ceil_mode=True, divisor_override=2), image),
    "AdaptiveAvgPool2d": (lambda: nn.AdaptiveAvgPool2d((3, 2)), image),
    "AdaptiveMaxPool2d": (lambda: nn.AdaptiveMaxPool2d(2), image),
    "Flatten": (lambda: nn.Flatten(), (2, 2, 3)),
    "Unflatten": (lambda: nn.Unflatten(1, (2, 3)), (2, 6)),
    "Identity": (lambda: nn.Identity(), (4,)),
    "ZeroPad2d": (lambda: nn.ZeroPad2d((1, 0, 2, 1)), (1, 1, 2, 2)),
    "PixelShuffle": (lambda: nn.PixelShuffle(2), (1, 4, 2, 2)),
}
for name, (make, shape) in layers.items():
    m = make().double()
    with torch.no_grad():
        for k, p in enumerate(m.parameters()):
            p.copy_(ramp(*p.shape, offset=17 * k + 5))
    out["layer." + name] = numbers(m(ramp(*shape)))
    if isinstance(m, nn.modules.batchnorm._BatchNorm):
        out["running." + name] = numbers(m.running_mean) + numbers(m.running_var)
        m.eval()
        out["layer." + name + ".eval"] = numbers(m(ramp(*shape, offset=3)))

# ---- functions and losses -------------------------------------------------------------------------------------------
logits, classes = ramp(6, 4) * 5, torch.tensor([0, 3, 1, 2, 2, 0])
x, y = ramp(3, 4) * 4, ramp(3, 4, offset=9) * 4
prob = torch.softmax(y, 1)
weight = torch.tensor([0.5, 1.0, 2.0, 0.25], dtype=torch.float64)
functions = {
    "cross_entropy": lambda: F.cross_entropy(logits, classes),
    "cross_entropy.smooth": lambda: F.cross_entropy(logits, classes, label_smoothing=0.1),
    "cross_entropy.ignore": lambda: F.cross_entropy(logits, classes, ignore_index=2),
    "cross_entropy.weight": lambda: F.cross_entropy(logits, classes, weight=weight, reduction="sum"),
    "cross_entropy.none": lambda: F.cross_entropy(logits, classes, reduction="none", label_smoothing=0.2),
    "nll_loss": lambda: F.nll_loss(F.log_softmax(logits, 1), classes, weight=weight),
    "mse_loss": lambda: F.mse_loss(x, y),
    "mse_loss.sum": lambda: F.mse_loss(x, y, reduction="sum"),
    "l1_loss": lambda: F.l1_loss(x, y),
    "smooth_l1_loss": lambda: F.smooth_l1_loss(x, y, beta=0.5),
    "huber_loss": lambda: F.huber_loss(x, y, delta=0.7),
    "kl_div": lambda: F.kl_div(F.log_softmax(x, 1), prob.log(), reduction="mean", log_target=True),
    "kl_div.probabilities": lambda: F.kl_div(F.log_softmax(x, 1), prob, reduction="sum"),
    "binary_cross_entropy": lambda: F.binary_cross_entropy(torch.sigmoid(x), prob),
    "binary_cross_entropy_with_logits": lambda: F.binary_cross_entropy_with_logits(x, prob, pos_weight=weight),
    "cosine_embedding_loss": lambda: F.cosine_embedding_loss(x, y, torch.tensor([1.0, -1.0, 1.0]).double(), margin=0.1),
    "cosine_similarity": lambda: F.cosine_similarity(x, y),
    "one_hot": lambda: F.one_hot(classes, 4),
    "pad": lambda: F.pad(x, [1, 2], value=0.5),
    "pad.reflect": lambda: F.pad(ramp(1, 1, 3, 3), [1, 1, 2, 0], mode="reflect"),
    "interpolate.nearest": lambda: F.interpolate(ramp(1, 2, 2, 3), size=[4, 5]),
    "interpolate.bilinear": lambda: F.interpolate(ramp(1, 2, 2, 3), scale_factor=[2.0, 1.5], mode="bilinear", align_corners=False),
    "interpolate.bicubic": lambda: F.interpolate(ramp(1, 1, 3, 3), size=[4, 5], mode="bicubic", align_corners=True),
    "normalize": lambda: F.normalize(x),
    "unfold": lambda: F.unfold(ramp(1, 2, 3, 3), 2),
    "local_response_norm": lambda: F.local_response_norm(ramp(2, 5, 4), 4, alpha=1.0),
    "softmax": lambda: F.softmax(x, 0),
    "log_softmax": lambda: F.log_softmax(x, 1),
    "instance_norm": lambda: F.instance_norm(ramp(2, 3, 4)),
}
for name, f in functions.items():
    out["function." + name] = numbers(f())

# random draws
for name, f in {
    "dropout": lambda t: F.dropout(t, 0.3), "dropout2d": lambda t: F.dropout2d(t, 0.4), "alpha_dropout": lambda t: F.alpha_dropout(t, 0.2, training=True),
}.items():
    torch.manual_seed(13)
    out["random." + name] = numbers(f(ramp(2, 4, 3, 3)))

# ---- optimisers: ten steps ------------------------------------------------------------------------------------------
optimisers = {
    "SGD": lambda p: torch.optim.SGD(p, 0.1),
    "SGD.momentum": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, weight_decay=5e-2),
    "SGD.dampening": lambda p: torch.optim.SGD(p, 0.1, momentum=0.8, dampening=0.3),
    "SGD.nesterov": lambda p: torch.optim.SGD(p, 0.05, momentum=0.9, weight_decay=1e-2, nesterov=True),
    "SGD.maximize": lambda p: torch.optim.SGD(p, 0.02, momentum=0.5, maximize=True),
    "SGD.groups": lambda p: torch.optim.SGD([{"params": p[:1], "weight_decay": 0.1}, {"params": p[1:], "lr": 0.01}], 0.1, momentum=0.9),
    "Adam": lambda p: torch.optim.Adam(p, 0.05),
    "Adam.decay": lambda p: torch.optim.Adam(p, 0.05, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1),
    "Adam.amsgrad": lambda p: torch.optim.Adam(p, 0.05, amsgrad=True),
    "AdamW": lambda p: torch.optim.AdamW(p, 0.05, weight_decay=0.1),
    "AdamW.amsgrad": lambda p: torch.optim.AdamW(p, 0.05, weight_decay=0, amsgrad=True, maximize=True),
    "RMSProp": lambda p: torch.optim.RMSprop(p, 0.01),
    "RMSProp.momentum": lambda p: torch.optim.RMSprop(p, 0.01, alpha=0.9, weight_decay=0.1, momentum=0.5, centered=True),
    "Adagrad": lambda p: torch.optim.Adagrad(p, 0.1, lr_decay=0.1, weight_decay=0.05, initial_accumulator_value=0.2),
}
for name, make in optimisers.items():
    p = [nn.Parameter(ramp(2, 3) * 3), nn.Parameter(ramp(4, offset=6) * 2)]
    o = make(p)
    for k in range(10):
        o.zero_grad()
        sum(t.pow(4).sum() * 0.25 - t.sum() * (0.1 * k) for t in p).backward()
        o.step()
    out["optimiser." + name] = numbers(p[0]) + numbers(p[1])

# ---- schedules: twenty steps ----------------------------------------------------------------------------------------
S = torch.optim.lr_scheduler
schedules = {
    "StepLR": lambda o: S.StepLR(o, 4, 0.5),
    "MultiStepLR": lambda o: S.MultiStepLR(o, [3, 8, 8, 15], 0.3),
    "ExponentialLR": lambda o: S.ExponentialLR(o, 0.9),
    "CosineAnnealingLR": lambda o: S.CosineAnnealingLR(o, 8, 0.01),
    "LambdaLR": lambda o: S.LambdaLR(o, lambda k: 1 / (1 + k)),
    "MultiplicativeLR": lambda o: S.MultiplicativeLR(o, lambda k: 0.9 if k % 2 else 1.05),
    "ConstantLR": lambda o: S.ConstantLR(o, 0.25, 6),
    "LinearLR": lambda o: S.LinearLR(o, 0.2, 0.9, 7),
    "PolynomialLR": lambda o: S.PolynomialLR(o, 12, 2),
    "OneCycleLR": lambda o: S.OneCycleLR(o, 1.0, total_steps=25),
    "OneCycleLR.linear": lambda o: S.OneCycleLR(o, 0.8, total_steps=21, pct_start=0.4, anneal_strategy="linear", three_phase=True),
    "SequentialLR": lambda o: S.SequentialLR(o, [S.LinearLR(o, 0.1, 1.0, 5), S.CosineAnnealingLR(o, 15)], [5]),
    "CyclicLR": lambda o: S.CyclicLR(o, 0.1, 0.9, step_size_up=4, mode="triangular2"),
}
for name, make in schedules.items():
    o = torch.optim.SGD([nn.Parameter(ramp(2))], 0.5, momentum=0.9)
    s = make(o)
    rates, momenta = [o.param_groups[0]["lr"]], [o.param_groups[0]["momentum"]]
    for k in range(20):
        o.step()
        s.step()
        rates.append(o.param_groups[0]["lr"])
        momenta.append(o.param_groups[0]["momentum"])
    out["schedule." + name] = rates
    if name.startswith("OneCycle") or name.startswith("Cyclic"):
        out["momentum." + name] = momenta
for name, args in {"ReduceLROnPlateau": dict(factor=0.5, patience=2), "ReduceLROnPlateau.max": dict(mode="max", factor=0.1, patience=1, cooldown=2, min_lr=0.01)}.items():
    o = torch.optim.SGD([nn.Parameter(ramp(2))], 0.5)
    s = S.ReduceLROnPlateau(o, **args)
    rates = []
    for k in range(20):
        s.step(1.0 / (1 + min(k, 5)) + (0.01 if k > 11 else 0))
        rates.append(o.param_groups[0]["lr"])
    out["schedule." + name] = rates

# ---- fifty steps of a small network ---------------------------------------------------------------------------------
torch.manual_seed(0)
net = nn.Sequential(
    nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3, groups=2, bias=False), nn.BatchNorm2d(16),
    nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 10))
out["training.weights"] = [float(p.detach().double().sum()) for p in net.parameters()]
o = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9, weight_decay=5e-4)
losses = []
for k in range(50):
    data = ramp(16, 3, 10, 10, offset=31 * k, dtype=torch.float32)
    labels = (torch.arange(16) * 3 + k).remainder(10)
    o.zero_grad()
    loss = F.cross_entropy(net(data), labels)
    loss.backward()
    o.step()
    losses.append(float(loss))
out["training.losses"] = losses
net.eval()
out["training.evaluation"] = numbers(net(ramp(4, 3, 10, 10, offset=77, dtype=torch.float32)))

print("namespace PackageContract.Tests;\n")
print("/// <summary>What PyTorch " + torch.__version__.split("+")[0] + " gives: written by ModuleGoldens.py.</summary>")
print("static class ModuleGoldens\n{")
print("    internal static readonly Dictionary<string, double[]> Values = new()\n    {")
for name, values in out.items():
    print(f'        ["{name}"] =\n        [')
    for k in range(0, len(values), 6):
        print("            " + ", ".join(repr(v) for v in values[k : k + 6]) + ",")
    print("        ],")
print("    };\n}")
print(f"{len(out)} results", file=sys.stderr)

// The native part of the TorchSharp stand-in: a C ABI over libtorch.
// Operators are found in libtorch's dispatcher by name and called boxed, so that one entry point reaches all of them, with
// autograd; the rest is tensor lifetime, backward, gradient mode, random state, threads and memory. Nothing here knows an operator.
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/function.h>
#include <torch/csrc/autograd/functions/utils.h>
#include <torch/csrc/autograd/grad_mode.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/version.h>

#include <sys/mman.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

extern "C" void openblas_set_num_threads(int) __attribute__((weak));

using c10::IValue;
using c10::TensorImpl;

namespace {

thread_local std::string last_error;

template <class F> int guarded(F &&f) {
  try {
    f();
    return 0;
  } catch (const c10::Error &e) {
    last_error = e.what_without_backtrace();
  } catch (const std::exception &e) {
    last_error = e.what();
  } catch (...) {
    last_error = "an exception of unknown type in libtorch";
  }
  return -1;
}

at::Tensor borrow(TensorImpl *p) {
  return p ? at::Tensor(c10::intrusive_ptr<TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(p)) : at::Tensor();
}

TensorImpl *hand_over(at::Tensor t) { return t.defined() ? t.unsafeReleaseTensorImpl() : nullptr; }

// ---- values ---------------------------------------------------------------------------------------------------------

enum Tag : int32_t { None, TensorTag, Int, Double, Bool, IntList, TensorList, DoubleList, BoolList, String, DeviceTag, GeneratorTag };

struct Value {
  int32_t tag;
  int32_t count;
  union {
    int64_t i;
    double d;
    void *p;
  };
};

bool element_is_optional_tensor(const c10::TypePtr &type) {
  auto t = type;
  if (auto o = t->cast<c10::OptionalType>()) t = o->getElementType();
  auto list = t->cast<c10::ListType>();
  return list && list->getElementType()->kind() == c10::TypeKind::OptionalType;
}

c10::TypeKind plain_kind(const c10::TypePtr &type) {
  auto o = type->cast<c10::OptionalType>();
  return o ? o->getElementType()->kind() : type->kind();
}

IValue to_ivalue(const Value &v, const c10::TypePtr &type) {
  switch (v.tag) {
  case None: return IValue();
  case TensorTag: return IValue(borrow(static_cast<TensorImpl *>(v.p)));
  case Int: return plain_kind(type) == c10::TypeKind::FloatType ? IValue(static_cast<double>(v.i)) : IValue(v.i);
  case Double: return IValue(v.d);
  case Bool: return IValue(v.i != 0);
  case IntList: {
    auto *p = static_cast<const int64_t *>(v.p);
    return IValue(std::vector<int64_t>(p, p + v.count));
  }
  case DoubleList: {
    auto *p = static_cast<const double *>(v.p);
    return IValue(std::vector<double>(p, p + v.count));
  }
  case BoolList: {
    c10::List<bool> l;
    for (int k = 0; k < v.count; k++) l.push_back(static_cast<const int64_t *>(v.p)[k] != 0);
    return IValue(l);
  }
  case TensorList: {
    auto *p = static_cast<TensorImpl *const *>(v.p);
    if (element_is_optional_tensor(type)) {
      c10::List<c10::optional<at::Tensor>> l;
      for (int k = 0; k < v.count; k++) l.push_back(p[k] ? c10::make_optional(borrow(p[k])) : c10::nullopt);
      return IValue(l);
    }
    c10::List<at::Tensor> l;
    for (int k = 0; k < v.count; k++) l.push_back(borrow(p[k]));
    return IValue(l);
  }
  case String: return IValue(std::string(static_cast<const char *>(v.p), v.count));
  case DeviceTag: return IValue(c10::Device(c10::DeviceType::CPU));
  case GeneratorTag: return IValue(*static_cast<at::Generator *>(v.p));
  }
  TORCH_CHECK(false, "unknown argument tag ", v.tag);
}

void from_ivalue(IValue &&v, Value &out) {
  out = Value{};
  if (v.isTensor()) {
    out.tag = TensorTag;
    out.p = hand_over(std::move(v).toTensor());
  } else if (v.isInt()) {
    out.tag = Int;
    out.i = v.toInt();
  } else if (v.isDouble()) {
    out.tag = Double;
    out.d = v.toDouble();
  } else if (v.isBool()) {
    out.tag = Bool;
    out.i = v.toBool();
  } else if (v.isTensorList()) {
    auto l = v.toTensorVector();
    out.tag = TensorList;
    out.count = static_cast<int32_t>(l.size());
    auto **p = static_cast<TensorImpl **>(std::malloc(sizeof(void *) * (l.size() + 1)));
    for (size_t k = 0; k < l.size(); k++) p[k] = hand_over(std::move(l[k]));
    out.p = p;
  } else {
    TORCH_CHECK(v.isNone(), "a result of type ", v.tagKind(), " has no counterpart here");
  }
}

// ---- memory ---------------------------------------------------------------------------------------------------------
// Blocks of 64 KiB and more are kept by size class instead of going back to the system after each operator: the page faults
// would cost more than the arithmetic. Blocks of 2 MiB and more ask for huge pages.

class CachingAllocator final : public at::Allocator {
  static constexpr size_t kHeader = 64, kSmall = 64 << 10, kHuge = 2 << 20, kClasses = 64 * 8;
  struct Block { // lies in the 64 bytes before the data
    size_t size;
    size_t size_class;
    Block *next;
  };
  mutable std::mutex mutex_;
  mutable Block *free_[kClasses] = {};

public:
  static std::atomic<int64_t> live_bytes, cached_bytes, limit_bytes;

  static size_t round(size_t n, size_t &size_class) {
    int log = 63 - __builtin_clzll(n);
    size_t step = size_t(1) << (log - 3);
    size_t r = (n + step - 1) / step * step;
    log = 63 - __builtin_clzll(r);
    size_class = size_t(log) * 8 + ((r >> (log - 3)) & 7);
    return r;
  }

  at::DataPtr allocate(size_t n) const override {
    if (n == 0) return {nullptr, nullptr, &release, at::Device(at::DeviceType::CPU)};
    size_t total = n + kHeader, size_class = 0;
    Block *b = nullptr;
    if (total >= kSmall) {
      total = round(total, size_class);
      std::lock_guard<std::mutex> lock(mutex_);
      if ((b = free_[size_class])) {
        free_[size_class] = b->next;
        cached_bytes -= total;
      }
    }
    if (!b) {
      void *p = nullptr;
      int rc = posix_memalign(&p, total >= kHuge ? kHuge : 64, total);
      if (rc != 0 && cached_bytes > 0) {
        empty_cache();
        rc = posix_memalign(&p, 64, total);
      }
      TORCH_CHECK(rc == 0, "out of memory: ", n, " bytes were asked for while tensors hold ", live_bytes.load(), " bytes");
      if (total >= kHuge) madvise(p, total, MADV_HUGEPAGE);
      b = static_cast<Block *>(p);
      b->size = total;
      b->size_class = size_class;
    }
    live_bytes += total;
    void *data = reinterpret_cast<char *>(b) + kHeader;
    return {data, data, &release, at::Device(at::DeviceType::CPU)};
  }

  at::DeleterFnPtr raw_deleter() const override { return &release; }

  void empty_cache() const {
    std::lock_guard<std::mutex> lock(mutex_);
    for (auto &head : free_)
      while (head) {
        Block *b = head;
        head = b->next;
        cached_bytes -= b->size;
        std::free(b);
      }
  }

private:
  static void release(void *data);
  friend CachingAllocator &the_allocator();
};

std::atomic<int64_t> CachingAllocator::live_bytes{0}, CachingAllocator::cached_bytes{0}, CachingAllocator::limit_bytes{int64_t(4) << 30};

CachingAllocator &the_allocator() {
  static auto *a = new CachingAllocator(); // never destroyed: tensors may outlive static destructors
  return *a;
}

void CachingAllocator::release(void *data) {
  if (!data) return;
  auto *b = reinterpret_cast<Block *>(static_cast<char *>(data) - kHeader);
  live_bytes -= b->size;
  if (b->size < kSmall || cached_bytes + int64_t(b->size) > limit_bytes) {
    std::free(b);
    return;
  }
  auto &a = the_allocator();
  std::lock_guard<std::mutex> lock(a.mutex_);
  b->next = a.free_[b->size_class];
  a.free_[b->size_class] = b;
  cached_bytes += b->size;
}

// ---- functions whose backward is managed code -----------------------------------------------------------------------

using BackwardCallback = int (*)(void *context, void *node, TensorImpl **grad_outputs, int n_outputs, TensorImpl **grad_inputs, int n_inputs);
using ReleaseCallback = void (*)(void *context);
using HookCallback = int (*)(void *context, TensorImpl *grad, TensorImpl **replacement);

struct ManagedNode : torch::autograd::Node {
  void *context;
  BackwardCallback backward;
  ReleaseCallback release_saved, release;
  bool has_saved, materialize, saved_released = false;
  std::vector<std::pair<std::vector<int64_t>, at::TensorOptions>> outputs; // for gradients that never came

  ManagedNode(void *c, BackwardCallback b, ReleaseCallback s, ReleaseCallback r, bool has, bool zeros)
      : context(c), backward(b), release_saved(s), release(r), has_saved(has), materialize(zeros) {}
  ~ManagedNode() override { release(context); }
  std::string name() const override { return "ManagedFunctionBackward"; }

  void release_variables() override {
    std::lock_guard<std::mutex> lock(mutex_);
    if (has_saved && !saved_released) release_saved(context);
    saved_released = has_saved;
  }

  torch::autograd::variable_list apply(torch::autograd::variable_list &&grads) override {
    TORCH_CHECK(!saved_released, "backward ran a second time through a graph whose saved tensors were freed: pass retain_graph: true to the first");
    std::vector<TensorImpl *> in(grads.size()), out(num_outputs(), nullptr);
    for (size_t k = 0; k < grads.size(); k++)
      if (materialize && !grads[k].defined()) grads[k] = at::zeros(outputs[k].first, outputs[k].second);
    for (size_t k = 0; k < grads.size(); k++) in[k] = hand_over(grads[k]);
    int rc = backward(context, this, in.data(), int(in.size()), out.data(), int(out.size()));
    torch::autograd::variable_list result;
    for (auto *p : out) result.push_back(p ? at::Tensor(c10::intrusive_ptr<TensorImpl, c10::UndefinedTensorImpl>::reclaim(p)) : at::Tensor());
    TORCH_CHECK(rc == 0, "managed backward failed");
    return result;
  }
};

} // namespace

// ---- the C ABI ------------------------------------------------------------------------------------------------------

EXPORT const char *rk_last_error() { return last_error.c_str(); }
EXPORT const char *rk_version() { return TORCH_VERSION; }
EXPORT void rk_show_config(char *buffer, int size) {
  std::string s = at::show_config();
  std::strncpy(buffer, s.c_str(), size - 1);
  buffer[size - 1] = 0;
}

EXPORT void *rk_find(const char *name, const char *overload) {
  auto op = c10::Dispatcher::singleton().findSchema({name, overload});
  return op ? new c10::OperatorHandle(*op) : nullptr;
}

EXPORT int rk_call(void *op, const Value *args, int n, Value *results, int *n_results) {
  return guarded([&] {
    auto &handle = *static_cast<c10::OperatorHandle *>(op);
    auto &schema = handle.schema();
    auto &formal = schema.arguments();
    TORCH_CHECK(size_t(n) <= formal.size(), "too many arguments for ", schema);
    torch::jit::Stack stack;
    stack.reserve(formal.size());
    for (int k = 0; k < n; k++) stack.push_back(to_ivalue(args[k], formal[k].type()));
    for (size_t k = n; k < formal.size(); k++) {
      TORCH_CHECK(formal[k].default_value(), "argument '", formal[k].name(), "' is missing for ", schema);
      stack.push_back(*formal[k].default_value());
    }
    handle.callBoxed(&stack);
    TORCH_CHECK(int(stack.size()) <= *n_results, "too many results from ", schema);
    *n_results = int(stack.size());
    for (size_t k = 0; k < stack.size(); k++) from_ivalue(std::move(stack[k]), results[k]);
  });
}

EXPORT void rk_free(void *p) { std::free(p); }

struct Meta {
  void *data;
  const int64_t *sizes;
  const int64_t *strides;
  int64_t numel;
  int64_t storage_bytes;
  int32_t dimensions;
  int32_t dtype;
  int32_t requires_grad;
  int32_t is_leaf;
  int32_t contiguous;
  int32_t owns_storage; // no other tensor shares it
};

EXPORT int rk_meta(TensorImpl *p, Meta *m) {
  return guarded([&] {
    auto t = borrow(p);
    m->data = t.has_storage() ? t.data_ptr() : nullptr;
    m->sizes = p->sizes().data();
    m->strides = p->strides().data();
    m->numel = p->numel();
    m->storage_bytes = t.has_storage() ? int64_t(t.storage().nbytes()) : 0;
    m->dimensions = int32_t(p->dim());
    m->dtype = int32_t(t.scalar_type());
    m->requires_grad = t.requires_grad();
    m->is_leaf = t.is_leaf();
    m->contiguous = t.is_contiguous();
    m->owns_storage = t.has_storage() && t.storage().use_count() == 1;
  });
}

EXPORT void rk_release(TensorImpl *p) { c10::intrusive_ptr<TensorImpl, c10::UndefinedTensorImpl>::reclaim(p); }
EXPORT TensorImpl *rk_share(TensorImpl *p) { return hand_over(borrow(p)); }
EXPORT int rk_set_requires_grad(TensorImpl *p, int on) { return guarded([&] { borrow(p).set_requires_grad(on != 0); }); }
EXPORT TensorImpl *rk_grad(TensorImpl *p) { return hand_over(borrow(p).grad()); }
EXPORT int rk_set_grad(TensorImpl *p, TensorImpl *g) { return guarded([&] { borrow(p).mutable_grad() = borrow(g); }); }

EXPORT int rk_backward(TensorImpl **roots, TensorImpl **root_grads, int n, int retain, int create, TensorImpl **inputs, int n_inputs) {
  return guarded([&] {
    torch::autograd::variable_list r, g, in;
    for (int k = 0; k < n; k++) {
      r.push_back(borrow(roots[k]));
      g.push_back(root_grads ? borrow(root_grads[k]) : at::Tensor());
    }
    for (int k = 0; k < n_inputs; k++) in.push_back(borrow(inputs[k]));
    torch::autograd::backward(r, g, retain != 0, create != 0, in);
  });
}

EXPORT int rk_gradients(TensorImpl **roots, TensorImpl **root_grads, int n, TensorImpl **inputs, int n_inputs, int retain, int create,
                        int allow_unused, TensorImpl **results) {
  return guarded([&] {
    torch::autograd::variable_list r, g, in;
    for (int k = 0; k < n; k++) {
      r.push_back(borrow(roots[k]));
      g.push_back(root_grads ? borrow(root_grads[k]) : at::Tensor());
    }
    for (int k = 0; k < n_inputs; k++) in.push_back(borrow(inputs[k]));
    auto out = torch::autograd::grad(r, in, g, retain != 0, create != 0, allow_unused != 0);
    for (int k = 0; k < n_inputs; k++) results[k] = hand_over(out[k]);
  });
}

EXPORT int rk_record_function(void *context, BackwardCallback backward, ReleaseCallback release_saved, ReleaseCallback release, int has_saved,
                              int materialize, TensorImpl **inputs, int n_inputs, TensorImpl **outputs, int n_outputs) {
  return guarded([&] {
    std::shared_ptr<ManagedNode> node(new ManagedNode(context, backward, release_saved, release, has_saved != 0, materialize != 0), torch::autograd::deleteNode);
    torch::autograd::variable_list in;
    for (int k = 0; k < n_inputs; k++) in.push_back(borrow(inputs[k]));
    node->set_next_edges(torch::autograd::collect_next_edges(in));
    for (int k = 0; k < n_outputs; k++) {
      if (!outputs[k]) { // not differentiable: it keeps its place among the gradients
        node->add_input_metadata(torch::autograd::Node::undefined_input());
        node->outputs.emplace_back(std::vector<int64_t>{}, at::TensorOptions());
        continue;
      }
      auto output = borrow(outputs[k]);
      node->outputs.emplace_back(output.sizes().vec(), output.options());
      torch::autograd::set_history(output, node);
    }
  });
}

// A saved output, unpacked while backward runs: it is this node's output again, for second derivatives.
EXPORT int rk_attach(TensorImpl *p, void *node, int output) {
  return guarded([&] {
    auto t = borrow(p);
    torch::autograd::impl::set_gradient_edge(t, {static_cast<ManagedNode *>(node)->shared_from_this(), uint32_t(output)});
  });
}

EXPORT int rk_register_hook(TensorImpl *p, void *context, HookCallback hook, ReleaseCallback release, int64_t *id) {
  return guarded([&] {
    std::shared_ptr<void> owner(context, release);
    *id = borrow(p).register_hook([owner, hook](const at::Tensor &grad) {
      TensorImpl *replacement = nullptr;
      int rc = hook(owner.get(), hand_over(grad), &replacement);
      TORCH_CHECK(rc == 0, "managed hook failed");
      return replacement ? at::Tensor(c10::intrusive_ptr<TensorImpl, c10::UndefinedTensorImpl>::reclaim(replacement)) : grad;
    });
  });
}
EXPORT int rk_remove_hook(TensorImpl *p, int64_t id) { return guarded([&] { borrow(p).remove_hook(unsigned(id)); }); }

EXPORT int rk_grad_mode() { return at::GradMode::is_enabled(); }
EXPORT void rk_set_grad_mode(int on) { at::GradMode::set_enabled(on != 0); }
EXPORT void *rk_inference_mode(int on) { return new c10::InferenceMode(on != 0); }
EXPORT void rk_end_inference_mode(void *guard) { delete static_cast<c10::InferenceMode *>(guard); }

EXPORT void *rk_generator(int64_t seed) { return new at::Generator(at::detail::createCPUGenerator(uint64_t(seed))); }
EXPORT void *rk_default_generator() { return new at::Generator(at::detail::getDefaultCPUGenerator()); }
EXPORT void rk_release_generator(void *g) { delete static_cast<at::Generator *>(g); }
EXPORT void rk_seed(void *g, int64_t seed) {
  auto &gen = *static_cast<at::Generator *>(g);
  std::lock_guard<std::mutex> lock(gen.mutex());
  gen.set_current_seed(uint64_t(seed));
}
EXPORT int64_t rk_initial_seed(void *g) { return int64_t(static_cast<at::Generator *>(g)->current_seed()); }
EXPORT TensorImpl *rk_generator_state(void *g) {
  auto &gen = *static_cast<at::Generator *>(g);
  std::lock_guard<std::mutex> lock(gen.mutex());
  return hand_over(gen.get_state());
}
EXPORT int rk_set_generator_state(void *g, TensorImpl *state) {
  return guarded([&] {
    auto &gen = *static_cast<at::Generator *>(g);
    std::lock_guard<std::mutex> lock(gen.mutex());
    gen.set_state(borrow(state));
  });
}

EXPORT int rk_threads() { return at::get_num_threads(); }
EXPORT int rk_set_threads(int n) {
  return guarded([&] {
    at::set_num_threads(n);
    if (openblas_set_num_threads) openblas_set_num_threads(n);
  });
}
EXPORT int rk_interop_threads() { return at::get_num_interop_threads(); }
EXPORT int rk_set_interop_threads(int n) { return guarded([&] { at::set_num_interop_threads(n); }); }

EXPORT void rk_use_caching_allocator(int64_t limit_bytes) {
  CachingAllocator::limit_bytes = limit_bytes;
  c10::SetCPUAllocator(&the_allocator());
}
EXPORT void rk_empty_cache() { the_allocator().empty_cache(); }
EXPORT void rk_memory(int64_t *live, int64_t *cached) {
  *live = CachingAllocator::live_bytes;
  *cached = CachingAllocator::cached_bytes;
}

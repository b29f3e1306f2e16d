// How the GPUs of a deployment share its work, and which of them talk to each other.
#pragma once

namespace roofline {

/// What GPUs exchange: parts of every layer, tokens for experts, or activations between stages.
enum class LinkUse { none, tensor_parallel, expert_parallel, pipeline };

/// One instance is tensor x data parallel GPUs in each of its pipeline stages; experts spread over
/// the same GPUs; replicas are independent.
struct Layout {
    double tensor = 1;
    double pipeline = 1;
    double data = 1;
    double expert = 1;
    double replicas = 1;

    double stage() const { return tensor * data; }
    double instance() const { return stage() * pipeline; }
    double gpus() const { return instance() * replicas; }

    /// GPUs among which traffic of this kind stays.
    double ways(LinkUse use) const {
        switch (use) {
            case LinkUse::none:
                break;
            case LinkUse::tensor_parallel:
                return tensor;
            case LinkUse::expert_parallel:
                return stage();
            case LinkUse::pipeline:
                return instance();
        }
        return 1;
    }
};

}  // namespace roofline

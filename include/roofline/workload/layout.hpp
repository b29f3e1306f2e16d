// How the GPUs of a deployment share its work, and which of them talk to each other.
#pragma once

#include <cstddef>

namespace roofline {

/// What GPUs exchange: parts of every layer, within a node and across nodes, tokens for experts, or
/// activations between stages.
enum class LinkUse { none, tensor_parallel, expert_parallel, pipeline, across_nodes };
inline constexpr std::size_t link_use_count = 5;

/// One instance is tensor x data parallel GPUs in each of its pipeline stages; experts spread over
/// the same GPUs; replicas are independent.
struct Layout {
    double tensor = 1;
    double pipeline = 1;
    double data = 1;
    double expert = 1;
    double replicas = 1;
    double node = 1e9;  ///< GPUs that share the fast link

    double stage() const { return tensor * data; }
    double instance() const { return stage() * pipeline; }
    double gpus() const { return instance() * replicas; }

    /// Of the GPUs that split a layer: those of one node, and the nodes.
    double tensor_near() const { return tensor < node ? tensor : node; }
    double tensor_far() const { return tensor / tensor_near(); }

    /// GPUs among which traffic of this kind stays.
    double ways(LinkUse use) const {
        switch (use) {
            case LinkUse::none:
                break;
            case LinkUse::tensor_parallel:
                return tensor_near();
            case LinkUse::across_nodes:
                return tensor_far() > 1 ? tensor : 1;
            case LinkUse::expert_parallel:
                return stage();
            case LinkUse::pipeline:
                return instance();
        }
        return 1;
    }
};

}  // namespace roofline

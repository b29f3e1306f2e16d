#include "layouts.hpp"

#include <algorithm>
#include <array>

namespace roofline {

std::vector<Layout> instance_layouts(const Deployment& asked, double most_gpus) {
    std::vector<Layout> layouts;
    const bool by_layers = asked.engine && row_of(asked.engine->program).splits_by_layers;
    const bool experts = asked.model->has_experts() && !by_layers;
    const double widest = by_layers ? 1 : std::min(most_gpus, asked.device->switch_domain());
    for (int pipeline = 1; pipeline <= most_gpus; pipeline *= 2)
        for (int data = 1; data * pipeline <= most_gpus; data *= 2) {
            if (data > 1 && !experts) break;  // replicas do the same
            for (int tensor = 1; tensor <= widest && tensor * data * pipeline <= most_gpus;
                 tensor *= 2) {
                Layout layout;
                layout.tensor = tensor;
                layout.pipeline = pipeline;
                layout.data = data;
                layouts.push_back(layout);
                if (!experts || layout.stage() == 1) continue;
                layout.expert = layout.stage();
                layouts.push_back(layout);
            }
        }
    return layouts;
}

std::vector<WeightFormat> formats_for(const Model& model, const Device& device) {
    std::vector<WeightFormat> formats{model.published.name};
    struct Narrower {
        WeightFormat format;
        Precision arithmetic;
    };
    constexpr std::array narrower{Narrower{WeightFormat::fp8, Precision::fp8},
                                  Narrower{WeightFormat::nvfp4, Precision::fp4},
                                  Narrower{WeightFormat::int8, Precision::int8}};
    for (const Narrower& row : narrower) {
        const bool native = device.peak(row.arithmetic) != nullptr;
        const bool fewer = bytes_per_weight(row.format) < bytes_per_weight(formats[0]);
        const bool second_choice =
            row.format == WeightFormat::int8 && device.peak(Precision::fp8) != nullptr;
        if (native && fewer && !second_choice) formats.push_back(row.format);
    }
    return formats;
}

}  // namespace roofline

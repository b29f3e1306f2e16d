// What is asked about: a model, a device, how many of them and how they share the work, formats,
// lengths and a price. Unset members take the defaults that complete() fills in.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/model.hpp"
#include "roofline/catalog/price.hpp"
#include "roofline/catalog/serving_engine.hpp"
#include "roofline/units/money.hpp"
#include "roofline/workload/layout.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace roofline {

/// A price as asked for: an amount per device and hour, or a provider's name.
struct PriceRequest {
    std::string provider;  ///< empty when an amount was given
    MoneyPerSecond amount;
    Currency currency = Currency::usd;
};

/// What a device costs to buy: an amount, or "catalog" for the row that is known there.
struct PurchaseRequest {
    std::string name;  ///< empty when an amount was given
    Money amount;
    Currency currency = Currency::usd;
};

/// Whether all requests have the same lengths, and so come back together.
enum class Lengths { varied, equal };
inline constexpr std::array<std::string_view, 2> lengths_names{"varied", "equal"};
std::string_view name_of(Lengths lengths);

struct Deployment {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Device> device;
    std::optional<double> gpus;  ///< the N of H[xN]

    std::optional<double> tensor_parallel;
    std::optional<double> pipeline_parallel;
    std::optional<double> data_parallel;
    std::optional<double> expert_parallel;
    std::optional<double> replicas;

    // Where the GPUs are several hosts.
    std::optional<double> node;             ///< GPUs that share the fast link [as in the catalog]
    std::optional<BytesPerSecond> network;  ///< between nodes, of a GPU and direction

    std::optional<WeightFormat> weights;
    std::optional<Precision> compute;
    std::optional<Precision> kv_cache;

    std::optional<double> batch;  ///< sequences in one step of one instance
    std::optional<double> isl;    ///< prompt tokens
    // An encoder, which writes nothing and keeps no cache, never has these two, nor kv_cache.
    std::optional<double> osl;      ///< output tokens
    std::optional<double> context;  ///< tokens in the cache at the decode step looked at

    // A served deployment: the program, its load, and what client and launch script do.
    std::optional<EngineChoice> engine;
    std::optional<double> concurrency;      ///< requests in flight at each replica
    std::optional<double> rate;             ///< requests that arrive per second, of all replicas
    std::optional<double> users;            ///< people who ask and think, of all replicas
    std::optional<Seconds> think;           ///< their time between an answer and a question
    std::optional<Lengths> lengths;         ///< of prompts and answers
    std::optional<double> poll_steps;       ///< decode steps between looks for new requests
    std::optional<double> stream_interval;  ///< tokens in a chunk of the response
    std::optional<bool> lockstep;         ///< all requests are sent at once and come back together
    std::optional<double> waves;          ///< requests sent / concurrency; endless when unset
    std::optional<double> prefix_hit;     ///< share of a prompt that the prefix cache holds
    std::optional<double> prefill_chunk;  ///< tokens in one step; whole prompts when unset
    std::optional<double> draft_tokens;   ///< guessed for each verified one, speculative decoding
    std::optional<double> acceptance;     ///< chance that a guess is right when those before were

    // What the server is told of memory; where unset, the default of the engine's release.
    std::optional<double> mem_share;      ///< of the memory that it may use
    std::optional<double> max_model_len;  ///< longest request, prompt and answer
    std::optional<double> max_num_seqs;   ///< sequences at once, of a data-parallel rank
    std::optional<bool> eager;            ///< without CUDA graphs

    std::optional<PriceRequest> price;
    std::optional<RentalPrice> rental;  ///< the catalog's row behind a provider's name

    // Owned in place of rented, and how much of every paid hour is used.
    std::optional<PurchaseRequest> purchase;  ///< of a device
    std::optional<PurchasePrice> bought;      ///< the row behind it
    std::optional<double> life;               ///< years that it is used for
    std::optional<Watts> power;               ///< of a device, without cooling
    std::optional<double> pue;                ///< power of the site / power of its devices
    std::optional<EnergyPrice> power_price;
    std::optional<double> utilization;  ///< share of a paid hour that has this load
};

/// Whether requests are in flight, arrive or come from users; else one step is asked about.
inline bool is_served(const Deployment& d) { return d.concurrency || d.rate || d.users; }

/// Fills every unset member with its default and checks that the numbers fit together; what is
/// complete stays as it is. Throws UserError: E102, E110 heads, E111 GPU counts, E112 switch
/// domain, E105 and E113 lengths, E106 and E401 precision.
Deployment complete(Deployment deployment);

/// The part of complete() that is about money, for hardware without a model too. Throws E105 and
/// E130 what does not belong together or is missing, E131 two currencies.
void complete_money(Deployment& deployment);

/// The same for a served one: engine and habits of client and launch script too. Throws E103
/// without a concurrency or rate, E105 with both, E231 for a model that writes no answers.
Deployment complete_service(Deployment deployment);

/// Tokens of the longest request that must have room: max_model_len, else prompt and answer.
double longest_request(const Deployment& complete);

/// The date of the catalog's price; empty where the price was given or there is none.
std::string price_date(const Deployment& deployment);

/// The layout of a complete deployment.
Layout layout_of(const Deployment& deployment);

/// The formats of the model's parts in a complete deployment.
WeightPlan weight_plan_of(const Deployment& deployment);

}  // namespace roofline

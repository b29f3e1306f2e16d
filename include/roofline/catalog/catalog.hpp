// Facts by name: the files inside the binary, and files a user lays over them.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/model.hpp"
#include "roofline/catalog/price.hpp"
#include "roofline/error/user_error.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// A name with nothing in it that does not matter: lower case, no '-', '_' or space.
std::string name_key(std::string_view name);

/// "meta-llama/Llama-3.1-8B": a name as the Hugging Face Hub writes them, also with its site in
/// front. Anything else with a slash is a path.
bool is_hub_id(std::string_view name);

/// "h100x8", "apple-m4-max:64gbx2": a device, in a mode or as it is, and how many if counted.
struct DeviceRequest {
    std::string name;
    std::optional<double> count = {};
};

class Catalog {
  public:
    /// Lays a device, model or price file over the built-in ones; later files win.
    /// Throws UserError with the place of what is wrong in it.
    void add_file(const std::string& path);

    /// The same, for files of prices alone (E302 for others).
    void add_price_file(const std::string& path);

    /// By id, name or alias; a device also in one of its modes, "ID:MODE". Throws UserError (E201,
    /// E211) with the nearest names, or the modes.
    std::shared_ptr<const Device> device(std::string_view name);
    std::shared_ptr<const Model> model(std::string_view name);

    /// Devices that `name` and '-' begin the id of: "h100" is short for more than one.
    std::vector<std::shared_ptr<const Device>> namesakes(std::string_view name);

    bool has_model(std::string_view name) const;

    /// Splits "H[:MODE][xN]": a whole name wins over a count, so "mi300x" is one device.
    DeviceRequest split_device(std::string_view text) const;

    std::vector<std::string> device_ids() const;
    /// Every device, by id. Looking through them is no use of an override.
    std::vector<std::shared_ptr<const Device>> all_devices();
    std::vector<std::string> model_ids() const;
    const PriceRows& prices();
    const std::vector<RentalPrice>& rentals();

    /// The row that find_rental() picks of them.
    RentalPrice rental(std::string_view device, std::string_view provider);

    /// The rows that find_purchase() and find_api_price() pick.
    PurchasePrice purchase(std::string_view device);
    ApiPrice api_price(std::string_view name);

    /// Files laid over the built-in ones that an answer has used so far, as "h100-sxm from FILE".
    const std::vector<std::string>& used_overrides() const { return used_overrides_; }

  private:
    template <typename Record>
    struct Shelf {
        std::map<std::string, std::shared_ptr<const Record>, std::less<>> loaded;  ///< by id
        std::map<std::string, std::string, std::less<>> override_names;            ///< key to id
        std::map<std::string, std::string, std::less<>> override_files;            ///< id to file
    };

    template <typename Record>
    void lay_over(Shelf<Record>& shelf, Record record);
    template <typename Record>
    std::shared_ptr<const Record> find(Shelf<Record>& shelf, std::string_view folder,
                                       std::string_view name);
    template <typename Record>
    std::shared_ptr<const Record> load(Shelf<Record>& shelf, std::string_view folder,
                                       const std::string& id);
    void note_use(const std::string& what, const std::string& file);
    template <typename Record>
    bool knows(const Shelf<Record>& shelf, std::string_view folder, std::string_view name) const;
    template <typename Record>
    std::vector<std::string> ids(const Shelf<Record>& shelf, std::string_view folder) const;
    void load_prices();
    void add_prices(PriceRows rows, const std::string& file);

    Shelf<Device> devices_;
    Shelf<Model> models_;
    PriceRows prices_;
    bool prices_loaded_ = false;
    std::vector<std::string> used_overrides_;
};

/// The text of a built-in file, e.g. "devices/h100-sxm.json", and the paths of all of them.
std::string_view embedded_text(std::string_view path);
std::vector<std::string_view> embedded_paths();

/// Checks catalog files one after another: what their reader says, else broken invariants and names
/// that an earlier file claims for something else.
class CatalogCheck {
  public:
    std::vector<Fault> file(const std::string& name, std::string text);
    /// All files inside the binary.
    std::vector<Fault> built_in();

  private:
    std::map<std::string, std::string, std::less<>> owners_;  ///< name key to id
};

}  // namespace roofline

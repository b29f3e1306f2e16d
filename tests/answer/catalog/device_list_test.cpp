#include "answer/catalog/device_list.hpp"

#include "catch.hpp"
#include "fault.hpp"
#include "page.hpp"
#include "toy_devices.hpp"

namespace device_list_test {

using namespace roofline;
using namespace toy_devices;

namespace {

Devices four_devices() {
    Devices devices = two_devices();
    Device newer = bare();
    newer.id = "newer";
    newer.year = 2032;
    newer.memory[0].bandwidth = known(3 * terabyte / second);
    Device other = bare();
    other.id = "other";
    other.vendor = "Zeta";
    devices.push_back(std::make_shared<const Device>(other));
    devices.push_back(std::make_shared<const Device>(newer));
    return devices;
}

RentalPrice rent(std::string provider, std::string device, double dollars) {
    return {.provider = std::move(provider),
            .device = std::move(device),
            .mode = "on-demand",
            .rate = dollars * dollar / hour,
            .date = "2026-03-04",
            .from = sheet};
}

// First words of the rows: up to what is said below them.
std::vector<std::string> names_in(const Report& report) {
    std::vector<std::string> names;
    std::istringstream lines(text_of(report, "table", 60));
    for (std::string line; std::getline(lines, line);) {
        const std::string name =
            line.substr(std::min<std::size_t>(line.size(), 1), line.find_first_of(" ", 1) - 1);
        if (name == "RENT:" || name == "roofline" || name == "every") break;
        if (line.starts_with(" ")) names.push_back(name);
    }
    return {names.begin() + 1, names.end()};
}

}  // namespace

TEST_CASE("devices are listed with dense rates of matrix units; 400 T / 2 T is 200 FLOP/byte") {
    CHECK(text_of(device_list_report(two_devices(), {}), "table", 150) ==
          R"(2 devices; dense rates, no sparsity

 name  year   memory  bandwidth       16-bit          fp8           fp4          int8          ridge  power  reported  arch
 Acme
 tiny  2031  80.0 GB  2.00 TB/s  400 TFLOP/s  800 TFLOP/s             –             –  200 FLOP/byte  700 W   76.0 GB  toy
 bare        8.00 GB   100 GB/s            –            –  9.00 TFLOP/s  18.0 TFLOP/s              –      –         –  toy
 roofline hw list WORD lists some of them, roofline hw show NAME prints every figure with its source
)");
}

TEST_CASE("devices about a word have it in a name, the maker, the architecture or the market") {
    const Devices both = two_devices();
    CHECK(devices_about("acme", both).size() == 2);
    CHECK(devices_about("TINY", both).size() == 1);
    CHECK(devices_about("t1", both)[0]->id == "tiny");
    CHECK(devices_about("b-0", both)[0]->id == "bare");
    CHECK(devices_about("edge", both)[0]->id == "tiny");
    CHECK(devices_about("workstation", both)[0]->id == "tiny");
    CHECK(devices_about("nothing", both).empty());
    const Report report = device_list_report(devices_about("t1", both), {}, {.about = "t1"});
    CHECK(report.verdict == "1 device about 't1'; dense rates, no sparsity");
    CHECK(raw_at(report.inputs, "about") == "t1");
}

TEST_CASE("a list of devices in CSV has base units") {
    CHECK(text_of(device_list_report(two_devices(), {}), "csv") ==
          "id,memory_bytes,bandwidth_bytes_per_s,wide_flop_per_s,fp8_flop_per_s,fp4_flop_per_s,"
          "int8_flop_per_s,ridge_flop_per_byte,power_w,reported_bytes,architecture,vendor,year,"
          "price_usd_per_hour,provider\n"
          "tiny,80000000000,2000000000000,400000000000000,800000000000000,,,200,700,76000000000,"
          "toy,Acme,2031,,\n"
          "bare,8000000000,100000000000,,,9000000000000,18000000000000,,,,toy,Acme,,,\n");
}

TEST_CASE("the record of a list of devices") {
    const Report report = device_list_report(two_devices(), {});
    CHECK(report.command == "hw list");
    CHECK(json_text(report.result) == R"({
  "devices": [
    {
      "id": "tiny",
      "name": "Tiny One",
      "vendor": "Acme",
      "kind": "edge",
      "market": "workstation",
      "architecture": "toy",
      "memory_bytes": 80000000000,
      "reported_bytes": 76000000000,
      "usable_bytes": 60000000000,
      "bandwidth_bytes_per_s": 2000000000000,
      "dense_peaks": {
        "fp32_flop_per_s": 50000000000000,
        "bf16_flop_per_s": 400000000000000,
        "fp8_flop_per_s": 800000000000000,
        "int8_flop_per_s": 7000000000000
      },
      "power_w": 700,
      "year": 2031,
      "rent": null
    },
    {
      "id": "bare",
      "name": "Bare",
      "vendor": "Acme",
      "kind": "gpu",
      "market": "datacenter",
      "architecture": "toy",
      "memory_bytes": 8000000000,
      "reported_bytes": null,
      "usable_bytes": null,
      "bandwidth_bytes_per_s": 100000000000,
      "dense_peaks": {
        "fp4_flop_per_s": 9000000000000,
        "int8_flop_per_s": 18000000000000
      },
      "power_w": null,
      "year": null,
      "rent": null
    }
  ]
}
)");
}

TEST_CASE("devices stand by maker, newest first, and sorted where they are asked to be") {
    const std::vector<RentalPrice> rents{rent("a", "bare", 2), rent("b", "bare", 1.5),
                                         rent("a", "newer", 1)};
    using Names = std::vector<std::string>;
    const Devices devices = four_devices();
    CHECK(names_in(device_list_report(devices, rents)) ==
          Names{"Acme", "newer", "tiny", "bare", "Zeta", "other"});
    const auto sorted = [&](const std::string& column) {
        return names_in(device_list_report(devices, rents, {.sort = column}));
    };
    CHECK(sorted("price") == Names{"newer", "bare", "tiny", "other"});
    CHECK(sorted("rent") == sorted("price"));
    CHECK(sorted("bandwidth") == Names{"newer", "tiny", "bare", "other"});
    CHECK(sorted("bandwidth_bytes_per_s") == sorted("bandwidth"));
    CHECK(sorted("16-bit").front() == "tiny");
    CHECK(sorted("name") == Names{"bare", "newer", "other", "tiny"});
    const Fault fault = fault_of([&] { sorted("colour"); });
    CHECK(fault.code == ErrorCode::bad_choice);
    CHECK(fault.message == "--sort: 'colour' is no column");
}

TEST_CASE("each bandwidth has the unit that suits it, and the least rent stands beside it") {
    const Report report =
        device_list_report(four_devices(), {rent("a", "bare", 2), rent("b", "bare", 1.5)});
    const std::string text = text_of(report, "table", 100);
    CHECK(text.find("3.00 TB/s") != std::string::npos);
    CHECK(text.find("100 GB/s") != std::string::npos);
    CHECK(text.find("$1.50/h") != std::string::npos);
    CHECK(raw_at(report.result, "devices[1].rent.price") == "b");
    CHECK(raw_at(report.result, "devices[1].rent.per_device_usd_per_hour") == "1.5");
    CHECK(value_at(report.result, "devices[0].rent")->is_null());
}

}  // namespace device_list_test

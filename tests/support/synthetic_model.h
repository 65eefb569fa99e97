// SPDX-License-Identifier: GPL-3.0-or-later
// A model made up for a test: tensors by name, written as one safetensors file and opened.
#pragma once

#include "model/open.h"
#include "numeric/float_types.h"
#include "numeric/random.h"

#include <QTemporaryDir>

#include <cstring>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace bitloupe::testing {

/// Gaussian values, the same for the same name.
inline std::vector<float> gaussianValues(std::size_t count, std::string_view name, double sigma = 1)
{
    const std::uint64_t key = randomKey(name, "synthetic");
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i)
        values[i] = static_cast<float>(sigma * randomNormal(key, i));
    return values;
}

class SyntheticModel {
public:
    /// `dtype` as safetensors spells it; `bytes` as they stand in the file.
    void addBytes(const std::string& name, const std::string& dtype, const Shape& shape,
        std::string bytes)
    {
        m_entries += m_entries.empty() ? "" : ",";
        m_entries += "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":[";
        for (std::size_t i = 0; i < shape.size(); ++i)
            m_entries += (i ? "," : "") + std::to_string(shape[i]);
        m_entries += "],\"data_offsets\":[" + std::to_string(m_data.size()) + ",";
        m_data += std::move(bytes);
        m_entries += std::to_string(m_data.size()) + "]}";
    }
    /// Values rounded to BF16, F16 or kept as F32.
    void add(const std::string& name, DType dtype, const Shape& shape,
        const std::vector<float>& values)
    {
        std::string bytes(values.size() * static_cast<std::size_t>(dtypeInfo(dtype).bits) / 8, '\0');
        auto* out = reinterpret_cast<std::byte*>(bytes.data());
        if (dtype == DType::BF16)
            narrowToBf16(values, out);
        else if (dtype == DType::F16)
            narrowToF16(values, out);
        else
            std::memcpy(bytes.data(), values.data(), bytes.size());
        addBytes(name, std::string(dtypeInfo(dtype).name), shape, std::move(bytes));
    }
    /// The opened model; null when the file could not be opened.
    std::shared_ptr<const Model> open()
    {
        std::string header = "{" + m_entries + "}";
        header.resize((header.size() + 7) / 8 * 8, ' ');
        std::uint64_t size = header.size();
        std::string prefix(sizeof size, '\0');
        for (char& byte : prefix) {
            byte = static_cast<char>(size & 0xff);
            size >>= 8;
        }
        std::ofstream(path(), std::ios::binary) << prefix << header << m_data;
        auto model = openModel(path(), Job());
        return model ? *model : nullptr;
    }
    std::string path() const { return m_directory.filePath("model.safetensors").toStdString(); }

private:
    QTemporaryDir m_directory;
    std::string m_entries;
    std::string m_data;
};

} // namespace bitloupe::testing

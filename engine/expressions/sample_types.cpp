#include "engine/expressions/sample_types.h"

#include "engine/expressions/python_operators.h"

namespace stormglass {

std::string typeInSample(const Value &sample, std::string_view path)
{
    const std::size_t dot = path.find('.');
    const Value *const member = sample.find(path.substr(0, dot));
    if (!member)
        return {};
    return dot == std::string_view::npos ? std::string(typeNameOf(*member))
                                         : typeInSample(*member, path.substr(dot + 1));
}

} // namespace stormglass

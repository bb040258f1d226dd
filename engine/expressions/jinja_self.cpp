#include "engine/expressions/jinja_self.h"

#include "engine/expressions/jinja_evaluation.h"
#include "engine/expressions/jinja_program.h"
#include "engine/expressions/jinja_statements.h"

namespace stormglass {

namespace {

// self.name: prints the block when it is called.
class BlockReference final : public Object
{
public:
    explicit BlockReference(const JinjaBlock &block)
        : m_block(block)
    {
    }
    std::string_view typeName() const override { return "jinja2.runtime.BlockReference"; }
    bool isCallable() const override { return true; }
    Value call(Evaluation &evaluation, const Arguments &) const override
    {
        JinjaEvaluation &jinja = asJinja(evaluation);
        JinjaCapture output(jinja);
        m_block.run(jinja);
        return jinja.captured(output.take());
    }

private:
    const JinjaBlock &m_block;
};

} // namespace

std::optional<Value> JinjaSelf::attribute(Evaluation &, std::string_view name) const
{
    const JinjaBlock *const block = m_program.block(name);
    if (!block)
        return std::nullopt;
    return Value(std::make_shared<const BlockReference>(*block));
}

std::vector<std::string_view> JinjaSelf::attributeNames() const
{
    return m_program.blockNames();
}

} // namespace stormglass

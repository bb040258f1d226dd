#include "ui/editors/parameter_form.h"

#include "ui/editors/parameter_input.h"
#include "ui/widgets/button.h"
#include "ui/widgets/form.h"

#include <QApplication>
#include <QVBoxLayout>

#include <algorithm>

namespace stormglass::ui {

namespace {

// So few of the action's own are never folded away.
constexpr std::ptrdiff_t alwaysShown = 12;

QString noteOf(const ParameterField &field)
{
    QStringList words{kindWord(field.kind)};
    if (field.isRequired && !field.isImmutable)
        words.append(ParameterForm::tr("required"));
    if (field.isSecret)
        words.append(ParameterForm::tr("secret"));
    if (field.isImmutable)
        words.append(ParameterForm::tr("fixed by the pack"));
    return words.join(QStringLiteral(", "));
}

} // namespace

ParameterForm::ParameterForm(QWidget *parent)
    : FormArea(parent)
    , m_layout(new QVBoxLayout(this))
    , m_more(new LinkButton)
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(12);
    m_layout->addWidget(m_more);
    connect(m_more, &QAbstractButton::clicked, this, [this] {
        m_isFolded = !m_isFolded;
        fold();
    });
    fold();
}

void ParameterForm::clear()
{
    for (const Row &row : m_rows)
        delete row.field;
    m_rows.clear();
    m_rest = Value::map();
    m_isFolded = true;
}

void ParameterForm::setSchema(const Value &schema, const Value &values, const QStringList &aside)
{
    // A schema may be completed while somebody has begun to fill it in.
    const QString focused = focusedName();
    clear();
    const std::vector<ParameterField> fields = parameterFields(schema);
    const auto own = std::count_if(fields.begin(), fields.end(), [&](const ParameterField &field) {
        return !aside.contains(field.name);
    });
    const auto isAside = [&aside](const ParameterField &field) {
        return !field.isRequired && aside.contains(field.name);
    };
    for (const ParameterField &field : fields) {
        if (!isAside(field))
            addRow(field, values, own > alwaysShown ? Fold::WhereItMay : Fold::Never);
    }
    for (const ParameterField &field : fields) {
        if (isAside(field))
            addRow(field, values, Fold::WhereItMay);
    }
    for (const ValueMap::Entry &entry : values.entriesOrNone()) {
        const bool isKnown
            = std::any_of(fields.begin(), fields.end(), [&entry](const ParameterField &field) {
                  return entry.key.isText() && entry.key.toQString() == field.name;
              });
        if (!isKnown)
            m_rest.set(entry.key, entry.value);
    }
    fold();
    for (const Row &row : m_rows) {
        if (!focused.isEmpty() && row.input->field().name == focused)
            reveal(row);
    }
}

QString ParameterForm::focusedName() const
{
    const QWidget *focus = QApplication::focusWidget();
    for (const Row &row : m_rows) {
        if (focus && row.input->isAncestorOf(focus))
            return row.input->field().name;
    }
    return {};
}

void ParameterForm::addRow(const ParameterField &field, const Value &values, Fold folding)
{
    auto *input = new ParameterInput(field);
    const Value *given = values.find(field.name.toStdString());
    if (given && !field.isImmutable)
        input->setValue(*given);
    auto *row = new Field(field.name, input, this);
    row->setNote(noteOf(field));
    row->setHelp(field.description);
    m_layout->insertWidget(static_cast<int>(m_rows.size()), row);
    m_rows.push_back({row, input, folding == Fold::WhereItMay && !field.isRequired && !given});
    connect(input, &ParameterInput::edited, this, [this, row] {
        row->setError({});
        emit edited();
    });
}

void ParameterForm::fold()
{
    const auto foldable = std::count_if(m_rows.begin(), m_rows.end(),
                                        [](const Row &row) { return row.isFoldable; });
    const bool isWorthIt = foldable > 1;
    for (const Row &row : m_rows)
        row.field->setVisible(!isWorthIt || !m_isFolded || !row.isFoldable);
    m_more->setVisible(isWorthIt);
    m_more->setLinkText(m_isFolded ? tr("%1 more parameters").arg(foldable)
                                   : tr("Fewer parameters"));
}

std::optional<Value> ParameterForm::values()
{
    Value values = m_rest;
    const Row *first = nullptr;
    for (const Row &row : m_rows) {
        const ParsedInput input = row.input->read();
        row.field->setError(input.error);
        if (!input.error.isEmpty() && !first)
            first = &row;
        if (input.value)
            values.set(row.input->field().name, *input.value);
    }
    if (!first)
        return values;
    reveal(*first);
    return std::nullopt;
}

void ParameterForm::reveal(const Row &row)
{
    if (row.field->isHidden()) {
        m_isFolded = false;
        fold();
    }
    row.input->setFocus();
}

bool ParameterForm::showFault(const Error &fault)
{
    const QString name = faultyParameter(fault);
    for (const Row &row : m_rows) {
        if (name.isEmpty() || row.input->field().name != name)
            continue;
        row.field->setError(fault.message);
        reveal(row);
        return true;
    }
    return false;
}

Value ParameterForm::draft() const
{
    Value values = m_rest;
    for (const Row &row : m_rows) {
        if (const ParsedInput input = row.input->read(); input.value)
            values.set(row.input->field().name, *input.value);
    }
    return values;
}

void ParameterForm::focusFirst()
{
    for (const Row &row : m_rows) {
        if (row.field->isHidden() || row.input->field().isImmutable)
            continue;
        row.input->setFocus();
        return;
    }
}

} // namespace stormglass::ui

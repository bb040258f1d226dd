#pragma once

#include "engine/base/error.h"
#include "engine/base/value.h"

#include "ui/widgets/form_area.h"

#include <QStringList>

#include <optional>
#include <vector>

class QVBoxLayout;

namespace stormglass::ui {

class Field;
struct ParameterField;
class ParameterInput;
class LinkButton;

// A form made from a parameter schema: required ones first, those that are seldom needed folded
// away, locked ones shown but not to be changed.
class ParameterForm : public FormArea
{
    Q_OBJECT

public:
    explicit ParameterForm(QWidget *parent = nullptr);

    // What is named by `aside` comes last and is folded away: a runner's own parameters, say.
    void setSchema(const Value &schema, const Value &values, const QStringList &aside = {});
    // None, and the fields at fault say why, where something is missing or wrong.
    std::optional<Value> values();
    // Shows at its field what the engine says of a value; false where no field is meant.
    bool showFault(const Error &fault);
    // What is filled in, without complaint; what cannot be read is left out.
    Value draft() const;
    bool isEmpty() const { return m_rows.empty(); }
    void focusFirst();

signals:
    void edited();

private:
    struct Row
    {
        Field *field;
        ParameterInput *input;
        bool isFoldable;
    };
    void clear();
    enum class Fold { Never, WhereItMay };
    void addRow(const ParameterField &field, const Value &values, Fold folding);
    void fold();
    QString focusedName() const;
    void reveal(const Row &row);

    QVBoxLayout *m_layout;
    LinkButton *m_more;
    std::vector<Row> m_rows;
    // Members of the values that the schema does not name: kept.
    Value m_rest = Value::map();
    bool m_isFolded = true;
};

} // namespace stormglass::ui

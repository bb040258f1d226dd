#pragma once

#include "ui/models/rule_draft.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace stormglass::ui {

class Text;

// One condition.
class CriterionEditor : public QWidget
{
    Q_OBJECT

public:
    explicit CriterionEditor(const CriterionRow &row, QWidget *parent = nullptr);

    // For a new one: what it proposes is typed over.
    void begin();
    CriterionRow row() const;
    void setPaths(const QStringList &paths);
    void showProblem(const QString &problem);

signals:
    void edited();
    void removed();

private:
    void preparePath();
    void arrange();
    void fillOperators(const QString &current);
    void refresh();

    Value m_extra;
    QComboBox *m_path;
    QComboBox *m_operator;
    QLineEdit *m_pattern;
    Text *m_problem;
};

} // namespace stormglass::ui

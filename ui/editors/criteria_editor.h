#pragma once

#include "ui/models/rule_draft.h"

#include <QWidget>

class QVBoxLayout;

namespace stormglass::ui {

class Button;
class CriterionEditor;
class Text;

// The conditions of a rule, one a row: where to look, an operator in words, what to compare with.
class CriteriaEditor : public QWidget
{
    Q_OBJECT

public:
    explicit CriteriaEditor(QWidget *parent = nullptr);

    void setRows(const std::vector<CriterionRow> &rows);
    std::vector<CriterionRow> rows() const;
    // Paths offered for the first part: `trigger.line`.
    void setPaths(const QStringList &paths);
    void showProblems(const std::vector<QString> &problems);
    void addCondition();

signals:
    void edited();

private:
    CriterionEditor *append(const CriterionRow &row);
    void remove(CriterionEditor *editor);
    void refresh();

    QVBoxLayout *m_layout;
    Text *m_none;
    Button *m_add;
    std::vector<CriterionEditor *> m_editors;
    QStringList m_paths;
};

} // namespace stormglass::ui

#pragma once

#include "ui/models/verdict_view.h"

#include <QFrame>

class QVBoxLayout;

namespace stormglass::ui {

class CatalogueModel;

// "Why not?": what each rule said, the first of those that did not fire opened with its conditions:
// which held, which failed with the value it met, which were not reached.
class VerdictList : public QFrame
{
    Q_OBJECT

public:
    explicit VerdictList(const CatalogueModel &rules, QWidget *parent = nullptr);
    void show(const std::vector<VerdictView> &verdicts);
    using QFrame::show;

signals:
    void ruleWanted(const QString &ref);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeRow(const VerdictView &verdict, bool opened, bool first);
    void addConditions(QVBoxLayout &layout, const VerdictView &verdict) const;

    const CatalogueModel &m_rules;
    QVBoxLayout *m_layout;
};

} // namespace stormglass::ui

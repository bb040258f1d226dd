#pragma once

#include "ui/pages/page.h"
#include "ui/widgets/cell_delegate.h"

#include <QListView>

class QStandardItemModel;

namespace stormglass::ui {

// A row of a tile: a cell, what stands at its right, and where it leads.
struct BriefRow
{
    Cell cell;
    QString right = {};
    Tone rightTone = Tone::Muted;
    Place place = {};
};

// A short list within a tile, as high as its rows.
class BriefList : public QListView
{
    Q_OBJECT

public:
    explicit BriefList(const QString &name, QWidget *parent = nullptr);

    // `nothing` is said while there are none.
    void setRows(const QList<BriefRow> &rows, const QString &nothing);
    const QList<BriefRow> &rows() const { return m_rows; }
    // So high, however few the rows are, so that tiles do not jump.
    void reserve(int rows);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void placeWanted(const stormglass::ui::Place &place);

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QStandardItemModel *m_items;
    QList<BriefRow> m_rows;
    QString m_nothing;
    int m_reserved = 0;
};

} // namespace stormglass::ui

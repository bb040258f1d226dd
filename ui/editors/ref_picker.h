#pragma once

#include <QComboBox>

class QCompleter;
class QStandardItemModel;

namespace stormglass::ui {

class CatalogueModel;

// One of a catalogue, found by any part of its name. What is not in it may be typed all the same.
class RefPicker : public QComboBox
{
    Q_OBJECT

public:
    RefPicker(CatalogueModel &catalogue, const QString &name, QWidget *parent = nullptr);

    QString ref() const;
    void setRef(const QString &ref);

signals:
    void refChanged(const QString &ref);

protected:
    void wheelEvent(QWheelEvent *event) override;

private:
    void fill();

    CatalogueModel &m_catalogue;
    QStandardItemModel *m_items;
    QString m_last;
};

} // namespace stormglass::ui

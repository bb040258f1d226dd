#pragma once

#include <QLayout>

namespace stormglass::ui {

// From left to right, then to the next line.
class FlowLayout : public QLayout
{
public:
    explicit FlowLayout(int spacing = 8, QWidget *parent = nullptr);
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override;
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &area) override;

private:
    enum class Purpose { Measure, Place };
    int arrange(const QRect &area, Purpose purpose) const;

    QList<QLayoutItem *> m_items;
};

} // namespace stormglass::ui

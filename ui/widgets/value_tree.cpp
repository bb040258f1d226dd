#include "ui/widgets/value_tree.h"

#include "engine/base/json.h"
#include "engine/base/yaml.h"
#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/plain_text.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolTip>

namespace stormglass::ui {

namespace {

constexpr int line = 20;

class MemberDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {100, line};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Tokens &tokens = tokensOf(option.widget);
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, tokens.selection);
        painter->setFont(fonts::code());
        const QFontMetrics measure = painter->fontMetrics();
        QRect area = option.rect.adjusted(4, 0, -4, 0);
        const QString key = index.data(ValueModel::KeyRole).toString() + QLatin1Char(':');
        painter->setPen(tokens.accent);
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                          measure.elidedText(key, Qt::ElideRight, area.width()));
        area.setLeft(area.left() + measure.horizontalAdvance(key + QLatin1Char(' ')));
        painter->setPen(colorOf(index, tokens));
        const QString text = index.data(ValueModel::ValueTextRole).toString();
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                          measure.elidedText(text, Qt::ElideRight, area.width()));
    }

    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override
    {
        if (event->type() != QEvent::ToolTip)
            return QStyledItemDelegate::helpEvent(event, view, option, index);
        const QString text = index.data(Qt::DisplayRole).toString();
        if (QFontMetrics(fonts::code()).horizontalAdvance(text) > option.rect.width() - 8)
            QToolTip::showText(event->globalPos(), plainToolTip(shortened(text, 1200)), view);
        return true;
    }

private:
    static QColor colorOf(const QModelIndex &index, const Tokens &tokens)
    {
        switch (static_cast<ValueModel::Kind>(index.data(ValueModel::KindRole).toInt())) {
        case ValueModel::Kind::Text:
            return tokens.good;
        case ValueModel::Kind::Number:
            return tokens.warn;
        case ValueModel::Kind::Word:
            return tokens.muted;
        case ValueModel::Kind::Container:
            return tokens.faint;
        }
        return tokens.text;
    }
};

QString copyText(const Value &value)
{
    return value.isText() && !value.isSecret()
        ? value.toQString()
        : QString::fromStdString(writeJson(value, {.maskSecrets = true}));
}

void copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

ValueTree::ValueTree(const QString &name, QWidget *parent)
    : QTreeView(parent)
    , m_model(new ValueModel(this))
{
    setAccessibleName(name);
    setFrameShape(QFrame::NoFrame);
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setIndentation(14);
    setAnimated(false);
    setEditTriggers(NoEditTriggers);
    setSelectionMode(SingleSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setItemDelegate(new MemberDelegate(this));
    viewport()->setAutoFillBackground(false);
    setModel(m_model);
    for (const auto change : {&QTreeView::expanded, &QTreeView::collapsed})
        connect(this, change, this, [this] { updateGeometry(); });
    // What unfolds is asked for members only when it is laid out.
    connect(m_model, &QAbstractItemModel::rowsInserted, this, [this] { updateGeometry(); });
}

void ValueTree::setValue(const Value &value)
{
    if (m_model->value() == value)
        return;
    m_model->setValue(value);
    m_model->fetchMore({});
    setRootIsDecorated(hasFolds());
    int room = 40;
    for (int row = 0; row < m_model->rowCount() && row < 40; ++row) {
        const QModelIndex index = m_model->index(row, 0);
        const Value &member = m_model->valueAt(index);
        const auto size = static_cast<int>(member.isMap() ? member.entries().size()
                                                          : member.itemsOrNone().size());
        if (size == 0 || size > room)
            continue;
        room -= size;
        expand(index);
    }
    updateGeometry();
}

void ValueTree::fitRows(int limit)
{
    m_fitLimit = limit;
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    updateGeometry();
}

bool ValueTree::hasFolds() const
{
    for (int row = 0; row < m_model->rowCount() && row < 100; ++row) {
        if (m_model->hasChildren(m_model->index(row, 0)))
            return true;
    }
    return false;
}

int ValueTree::visibleRows(const QModelIndex &parent, int limit) const
{
    int count = 0;
    for (int row = 0; row < m_model->rowCount(parent) && count < limit; ++row) {
        ++count;
        const QModelIndex index = m_model->index(row, 0, parent);
        if (isExpanded(index))
            count += visibleRows(index, limit - count);
    }
    return count;
}

QSize ValueTree::sizeHint() const
{
    if (m_fitLimit <= 0)
        return QTreeView::sizeHint();
    const int rows = qBound(1, visibleRows({}, m_fitLimit), m_fitLimit);
    return QSize(200, rows * line + 2);
}

QSize ValueTree::minimumSizeHint() const
{
    return m_fitLimit > 0 ? QSize(80, sizeHint().height()) : QSize(80, 60);
}

void ValueTree::paintEvent(QPaintEvent *event)
{
    if (m_model->rowCount() == 0) {
        QPainter painter(viewport());
        painter.setFont(fonts::code());
        painter.setPen(tokensOf(this).faint);
        const QRect area = viewport()->rect().adjusted(4, 0, -4, 0);
        painter.drawText(area, Qt::AlignLeft | Qt::AlignTop | Qt::TextWrapAnywhere,
                         valueText(m_model->value()));
        return;
    }
    QTreeView::paintEvent(event);
}

void ValueTree::copyCurrent() const
{
    copy(copyText(m_model->valueAt(currentIndex())));
}

void ValueTree::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copyCurrent();
    else
        QTreeView::keyPressEvent(event);
}

void ValueTree::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index
        = byKey ? currentIndex() : indexAt(viewport()->mapFrom(this, event->pos()));
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillMenu(*menu, index);
    menu->popup(byKey ? mapToGlobal(QPoint(24, 24)) : event->globalPos());
}

void ValueTree::fillMenu(QMenu &menu, const QModelIndex &index)
{
    const Value value = m_model->valueAt(index);
    const QString path = m_model->pathAt(index);
    menu.addAction(themedIcon(QStringLiteral("copy")), tr("Copy value"), this,
                   [value] { copy(copyText(value)); });
    if (!path.isEmpty())
        menu.addAction(tr("Copy path"), this, [path] { copy(path); });
    menu.addAction(tr("Copy as JSON"), this, [value] {
        copy(QString::fromStdString(writeJson(value, {.indent = 2, .maskSecrets = true})));
    });
    menu.addAction(tr("Copy as YAML"), this,
                   [value] { copy(QString::fromStdString(writeYaml(value))); });
    if (path.isEmpty() || value.isMap() || value.isSequence() || value.isSecret())
        return;
    menu.addSeparator();
    menu.addAction(themedIcon(QStringLiteral("filter")), tr("Filter by this value"), this,
                   [this, path, value] { emit filterWanted(path, value); });
}

} // namespace stormglass::ui

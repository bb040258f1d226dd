#include "ui/widgets/filter_field.h"

#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/theme/style.h"
#include "ui/widgets/plain_text.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QStringListModel>

namespace stormglass::ui {

namespace {

constexpr qsizetype kept = 40;

qsizetype wordStart(const QString &before)
{
    qsizetype at = before.size();
    while (at > 0 && !QStringLiteral(" ()").contains(before.at(at - 1)))
        --at;
    return at;
}

} // namespace

FilterField::FilterField(const QString &name, QWidget *parent)
    : QLineEdit(parent)
    , m_completer(new QCompleter(this))
    , m_words(new QStringListModel(this))
{
    setAccessibleName(name);
    setClearButtonEnabled(false);
    setTextMargins(20, 0, 0, 0);
    setMaxLength(2000);
    m_completer->setModel(m_words);
    m_completer->setWidget(this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(9);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
            &FilterField::insert);
    connect(this, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_place = -1;
        emit edited(text);
        complete();
    });
    connect(this, &QLineEdit::editingFinished, this, &FilterField::remember);
    refresh();
}

void FilterField::setTint(Tint tint, const QString &message, int column)
{
    m_tint = tint;
    m_column = column;
    setToolTip(plainToolTip(message));
    setAccessibleDescription(message);
    refresh();
    update();
}

void FilterField::refresh()
{
    const Tokens &tokens = tokensOf(this);
    setFont(text().isEmpty() ? fonts::text() : fonts::code());
    QColor border;
    if (m_tint == Tint::Wrong)
        border = tokens.bad;
    else if (m_tint == Tint::Right)
        border = tokens.good;
    else if (m_tint == Tint::Incomplete)
        border = tokens.warn;
    setProperty("tint", border);
}

void FilterField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        refresh();
}

void FilterField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    const Tokens &tokens = tokensOf(this);
    QPainter painter(this);
    const bool isWrong = m_tint == Tint::Wrong;
    paintGlyph(painter, QRect(9, (height() - 15) / 2, 15, 15),
               isWrong ? QStringLiteral("error") : QStringLiteral("search"),
               isWrong ? tokens.bad : tokens.faint);
    if (!isWrong || m_column < 0 || m_column > text().size())
        return;
    // A short line under the place at fault.
    const QFontMetrics measure(font());
    const int left = cursorRect().center().x() + measure.horizontalAdvance(text().left(m_column))
        - measure.horizontalAdvance(text().left(cursorPosition()));
    painter.fillRect(QRect(left, height() - 6, 14, 2), tokens.bad);
}

// Escape empties the field before it means anything to the window.
bool FilterField::event(QEvent *event)
{
    const bool isOverride = event->type() == QEvent::ShortcutOverride;
    if (isOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QLineEdit::event(event);
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    const bool isOpen = m_completer->popup()->isVisible();
    if (isOpen
        && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
            || event->key() == Qt::Key_Tab)) {
        const QString chosen = m_completer->popup()->currentIndex().data().toString();
        m_completer->popup()->hide();
        if (!chosen.isEmpty()) {
            insert(chosen);
            return;
        }
    }
    if (!isOpen && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        step(event->key() == Qt::Key_Up ? 1 : -1);
        return;
    }
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        complete();
        return;
    }
    if (event->key() == Qt::Key_Escape) {
        if (text().isEmpty()) {
            emit left();
        } else {
            clear();
            emit edited({});
        }
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterField::complete()
{
    const QStringList words = m_suggest ? m_suggest(text().left(cursorPosition())) : QStringList();
    if (words.isEmpty()) {
        m_completer->popup()->hide();
        return;
    }
    m_words->setStringList(words);
    QRect place = cursorRect();
    place.setWidth(260);
    m_completer->complete(place);
    m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(0, 0));
}

void FilterField::insert(const QString &completion)
{
    const QString before = text().left(cursorPosition());
    const QString after = text().mid(cursorPosition());
    const QString head = before.left(wordStart(before)) + completion + QLatin1Char(' ');
    setText(head + after);
    setCursorPosition(static_cast<int>(head.size()));
    emit edited(text());
}

void FilterField::step(int by)
{
    if (m_history.isEmpty())
        return;
    m_place = qBound<qsizetype>(-1, m_place + by, m_history.size() - 1);
    setText(m_place < 0 ? QString() : m_history.at(m_place));
    emit edited(text());
}

void FilterField::remember()
{
    if (m_tint != Tint::Right || text().isEmpty())
        return;
    m_history.removeAll(text());
    m_history.prepend(text());
    while (m_history.size() > kept)
        m_history.removeLast();
}

} // namespace stormglass::ui

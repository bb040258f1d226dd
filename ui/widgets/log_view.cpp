#include "ui/widgets/log_view.h"

#include "ui/theme/fonts.h"
#include "ui/theme/glyph.h"
#include "ui/theme/style.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

namespace stormglass::ui {

namespace {

constexpr int lineHeight = 18;
constexpr int inset = 10;

QColor paletteColor(std::uint32_t index)
{
    if (index >= 232) {
        const auto grey = static_cast<int>(8 + (index - 232) * 10);
        return QColor(grey, grey, grey);
    }
    const std::uint32_t cube = index - 16;
    const auto level
        = [](std::uint32_t part) { return part == 0 ? 0 : static_cast<int>(55 + part * 40); };
    return QColor(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
}

QColor namedColor(std::uint32_t index, const Tokens &tokens)
{
    switch (index % 8) {
    case 0:
        return tokens.faint;
    case 1:
        return tokens.bad;
    case 2:
        return tokens.good;
    case 3:
        return tokens.warn;
    case 4:
        return tokens.accent;
    case 5:
        return mixed(tokens.accent, tokens.bad, 0.5);
    case 6:
        return mixed(tokens.accent, tokens.good, 0.5);
    default:
        return tokens.text;
    }
}

} // namespace

QColor colorOf(const AnsiStyle &style, const Tokens &tokens, const QColor &plain)
{
    QColor color = plain;
    if (style.kind == AnsiStyle::Color::True)
        color = QColor(QRgb(style.color));
    else if (style.kind == AnsiStyle::Color::Indexed)
        color = style.color < 16 ? namedColor(style.color, tokens) : paletteColor(style.color);
    // What was chosen for a dark terminal must be read on a light ground too, and the reverse.
    const int difference = qAbs(color.lightness() - tokens.sunken().lightness());
    if (style.kind != AnsiStyle::Color::None && difference < 70)
        color = mixed(tokens.text, color, 0.5);
    return style.isFaint ? mixed(color, tokens.sunken(), 0.6) : color;
}

LogView::LogView(const QString &name, QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setAccessibleName(name);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    viewport()->setCursor(Qt::IBeamCursor);
    setMinimumHeight(60);
    refresh();
}

// The ground of the bars is the ground of the text.
void LogView::refresh()
{
    QPalette colors = palette();
    colors.setColor(QPalette::Window, tokensOf(this).sunken());
    setPalette(colors);
}

void LogView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        refresh();
}

void LogView::append(LogChannel channel, const QByteArray &bytes, const QString &stamp)
{
    if (m_lines.append(channel, bytes, stamp) > 0)
        arrange();
}

void LogView::appendLine(LogChannel channel, const QString &text, const QString &stamp)
{
    m_lines.appendLine(channel, text, stamp);
    arrange();
}

void LogView::finish()
{
    m_lines.finish();
    arrange();
}

void LogView::clear()
{
    m_lines.clear();
    m_anchor = m_cursor = -1;
    m_isFollowing = true;
    arrange();
}

QString LogView::allText() const
{
    QString text;
    for (std::size_t i = 0; i < m_lines.count(); ++i)
        text += m_lines.at(i).content.text + QLatin1Char('\n');
    return text;
}

void LogView::setSearch(const QString &text)
{
    m_search = text;
    for (std::size_t i = m_lines.count(); !text.isEmpty() && i > 0; --i) {
        if (!m_lines.at(i - 1).content.text.contains(text, Qt::CaseInsensitive))
            continue;
        verticalScrollBar()->setValue(static_cast<int>(i) - 1
                                      - viewport()->height() / lineHeight / 2);
        break;
    }
    viewport()->update();
}

void LogView::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    viewport()->update();
}

void LogView::setFollowing(bool following)
{
    if (following == m_isFollowing)
        return;
    m_isFollowing = following;
    arrange();
    emit followingChanged(following);
}

void LogView::arrange()
{
    m_isArranging = true;
    const int shown = qMax(1, (viewport()->height() - 2 * inset) / lineHeight);
    const auto count = static_cast<int>(m_lines.count());
    verticalScrollBar()->setPageStep(shown);
    verticalScrollBar()->setRange(0, qMax(0, count - shown));
    if (m_isFollowing)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    const int width = QFontMetrics(fonts::code()).horizontalAdvance(QLatin1Char('0'))
        * static_cast<int>(qMin<qsizetype>(m_lines.longest() + 2, LogLines::maximumLength));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(24);
    horizontalScrollBar()->setRange(0, qMax(0, width + 2 * inset - viewport()->width()));
    m_isArranging = false;
    viewport()->update();
}

void LogView::resizeEvent(QResizeEvent *)
{
    arrange();
}

void LogView::scrollContentsBy(int, int)
{
    viewport()->update();
    if (m_isArranging)
        return;
    const bool isAtEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    if (isAtEnd == m_isFollowing)
        return;
    m_isFollowing = isAtEnd;
    emit followingChanged(isAtEnd);
}

void LogView::paintEvent(QPaintEvent *)
{
    const Tokens &tokens = tokensOf(this);
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), tokens.sunken());
    painter.setFont(fonts::code());
    if (m_lines.count() == 0) {
        painter.setFont(fonts::text());
        painter.setPen(tokens.faint);
        painter.drawText(viewport()->rect().adjusted(16, 16, -16, -16),
                         Qt::AlignCenter | Qt::TextWordWrap, m_placeholder);
        return;
    }
    int y = inset;
    for (auto i = static_cast<std::size_t>(verticalScrollBar()->value());
         i < m_lines.count() && y < viewport()->height(); ++i, y += lineHeight)
        paintLine(painter, y, i, tokens);
}

void LogView::paintLine(QPainter &painter, int y, std::size_t index, const Tokens &tokens) const
{
    const LogLine &line = m_lines.at(index);
    const auto number = static_cast<qint64>(index + m_lines.dropped());
    const QRect row(0, y, viewport()->width(), lineHeight);
    if (m_anchor >= 0 && number >= qMin(m_anchor, m_cursor) && number <= qMax(m_anchor, m_cursor))
        painter.fillRect(row, tokens.selection);
    if (line.channel == LogChannel::Error)
        painter.fillRect(QRect(0, y, 2, lineHeight), tokens.bad);
    QPoint at(inset - horizontalScrollBar()->value(), y + painter.fontMetrics().ascent() + 2);
    if (!line.stamp.isEmpty()) {
        painter.setPen(tokens.faint);
        painter.drawText(at, line.stamp);
        at.rx() += painter.fontMetrics().horizontalAdvance(line.stamp) + 12;
    }
    if (!m_search.isEmpty())
        paintFound(painter, QPoint(at.x(), y), line, tokens);
    paintSpans(painter, at, line, tokens);
}

void LogView::paintSpans(QPainter &painter, QPoint at, const LogLine &line,
                         const Tokens &tokens) const
{
    const QColor plain = line.channel == LogChannel::Error ? mixed(tokens.bad, tokens.text, 0.55)
        : line.channel == LogChannel::Note                 ? tokens.muted
                                                           : tokens.text;
    const QString &text = line.content.text;
    AnsiStyle style;
    qsizetype from = 0;
    const auto draw = [&](qsizetype to) {
        const QString piece = text.mid(from, to - from);
        QFont font = fonts::code();
        font.setBold(style.isBold);
        painter.setFont(font);
        painter.setPen(colorOf(style, tokens, plain));
        painter.drawText(at, piece);
        at.rx() += painter.fontMetrics().horizontalAdvance(piece);
        from = to;
    };
    for (const AnsiSpan &span : line.content.spans) {
        if (span.start > from)
            draw(span.start);
        style = span.style;
    }
    if (from < text.size())
        draw(text.size());
    painter.setFont(fonts::code());
}

void LogView::paintFound(QPainter &painter, QPoint at, const LogLine &line,
                         const Tokens &tokens) const
{
    const QString &text = line.content.text;
    const QFontMetrics measure = painter.fontMetrics();
    for (qsizetype found = text.indexOf(m_search, 0, Qt::CaseInsensitive); found >= 0;
         found = text.indexOf(m_search, found + 1, Qt::CaseInsensitive)) {
        const int left = at.x() + measure.horizontalAdvance(text.left(found));
        painter.fillRect(QRect(left, at.y() + 1,
                               measure.horizontalAdvance(text.mid(found, m_search.size())),
                               lineHeight - 2),
                         tokens.soft(Tone::Warn));
    }
}

std::size_t LogView::lineAt(int y) const
{
    const int row = qMax(0, (y - inset) / lineHeight) + verticalScrollBar()->value();
    return qMin(static_cast<std::size_t>(row), m_lines.count() - 1);
}

void LogView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_lines.count() == 0)
        return;
    m_cursor = static_cast<qint64>(lineAt(event->pos().y()) + m_lines.dropped());
    if (!event->modifiers().testFlag(Qt::ShiftModifier) || m_anchor < 0)
        m_anchor = m_cursor;
    viewport()->update();
}

void LogView::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton) || m_anchor < 0 || m_lines.count() == 0)
        return;
    m_cursor = static_cast<qint64>(lineAt(event->pos().y()) + m_lines.dropped());
    viewport()->update();
}

QString LogView::selectedText() const
{
    QString text;
    for (std::size_t i = 0; i < m_lines.count(); ++i) {
        const auto number = static_cast<qint64>(i + m_lines.dropped());
        if (m_anchor >= 0 && number >= qMin(m_anchor, m_cursor)
            && number <= qMax(m_anchor, m_cursor))
            text += m_lines.at(i).content.text + QLatin1Char('\n');
    }
    return text;
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        const QString marked = selectedText();
        QGuiApplication::clipboard()->setText(marked.isEmpty() ? allText() : marked);
        return;
    }
    if (event->key() == Qt::Key_End) {
        setFollowing(true);
        return;
    }
    if (event->key() == Qt::Key_Home) {
        verticalScrollBar()->setValue(0);
        return;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void LogView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString marked = selectedText();
    QAction *copy = menu->addAction(themedIcon(QStringLiteral("copy")), tr("Copy lines"), this,
                                    [marked] { QGuiApplication::clipboard()->setText(marked); });
    copy->setEnabled(!marked.isEmpty());
    menu->addAction(tr("Copy everything"), this,
                    [this] { QGuiApplication::clipboard()->setText(allText()); });
    menu->addSeparator();
    menu->addAction(tr("Follow the end"), this, [this] { setFollowing(true); })
        ->setEnabled(!m_isFollowing);
    menu->popup(event->globalPos());
}

} // namespace stormglass::ui

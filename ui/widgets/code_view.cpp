#include "ui/widgets/code_view.h"

#include "ui/theme/fonts.h"
#include "ui/theme/style.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QSyntaxHighlighter>
#include <QTextBlock>

namespace stormglass::ui {

// One pass over a line by hand; regular expressions cost too much on results of many megabytes.
class CodeView::Highlighter final : public QSyntaxHighlighter
{
public:
    explicit Highlighter(QTextDocument *document)
        : QSyntaxHighlighter(document)
    {
    }

    void setTokens(const Tokens &tokens)
    {
        m_tokens = &tokens;
        rehighlight();
    }

protected:
    void highlightBlock(const QString &text) override
    {
        if (!m_tokens || text.size() > 2000)
            return;
        const qsizetype start = firstWord(text);
        if (start < text.size() && text.at(start) == QLatin1Char('#')) {
            setFormat(static_cast<int>(start), static_cast<int>(text.size() - start),
                      m_tokens->faint);
            return;
        }
        const qsizetype colon = keyEnd(text, start);
        if (colon > start)
            setFormat(static_cast<int>(start), static_cast<int>(colon - start), m_tokens->accent);
        formatValue(text, colon > start ? colon + 1 : start);
    }

private:
    static qsizetype firstWord(const QString &text)
    {
        qsizetype at = 0;
        while (at < text.size() && (text.at(at).isSpace() || text.at(at) == QLatin1Char('-')))
            ++at;
        return at;
    }

    // Where a key ends: at a colon that is followed by nothing or a space.
    static qsizetype keyEnd(const QString &text, qsizetype start)
    {
        const bool isQuoted = start < text.size() && text.at(start) == QLatin1Char('"');
        qsizetype from = start;
        if (isQuoted)
            from = qMax(start, text.indexOf(QLatin1Char('"'), start + 1));
        for (qsizetype at = text.indexOf(QLatin1Char(':'), from); at >= 0;
             at = text.indexOf(QLatin1Char(':'), at + 1)) {
            if (at + 1 == text.size() || text.at(at + 1) == QLatin1Char(' '))
                return at;
        }
        return -1;
    }

    void formatValue(const QString &text, qsizetype from)
    {
        while (from < text.size() && text.at(from).isSpace())
            ++from;
        if (from >= text.size())
            return;
        const QChar first = text.at(from);
        const auto length = static_cast<int>(text.size() - from);
        const QString word = text.mid(from).remove(QLatin1Char(',')).trimmed();
        bool isNumber = false;
        word.toDouble(&isNumber);
        if (isNumber)
            setFormat(static_cast<int>(from), length, m_tokens->warn);
        else if (word == QLatin1String("true") || word == QLatin1String("false")
                 || word == QLatin1String("null"))
            setFormat(static_cast<int>(from), length, m_tokens->muted);
        else if (!QStringLiteral("{}[]|>").contains(first))
            setFormat(static_cast<int>(from), length, m_tokens->good);
    }

    const Tokens *m_tokens = nullptr;
};

CodeView::CodeView(const QString &name, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new Highlighter(document()))
{
    setAccessibleName(name);
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setUndoRedoEnabled(false);
    document()->setDocumentMargin(14);
    refresh();
}

void CodeView::setEditable()
{
    setReadOnly(false);
    setTextInteractionFlags(Qt::TextEditorInteraction);
    setUndoRedoEnabled(true);
    setTabChangesFocus(true);
}

void CodeView::markLine(int line)
{
    m_marked = line;
    QList<QTextEdit::ExtraSelection> marks;
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (line > 0 && block.isValid()) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(block);
        mark.format.setBackground(tokensOf(this).soft(Tone::Bad));
        mark.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks.append(mark);
    }
    setExtraSelections(marks);
}

// A new line begins where the one before began, or deeper where that opens something.
void CodeView::keyPressEvent(QKeyEvent *event)
{
    const bool isNewLine = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReadOnly() || !isNewLine || event->modifiers() != Qt::NoModifier) {
        QPlainTextEdit::keyPressEvent(event);
        return;
    }
    const QString before = textCursor().block().text().left(textCursor().positionInBlock());
    qsizetype depth = 0;
    while (depth < before.size() && before.at(depth) == QLatin1Char(' '))
        ++depth;
    if (before.trimmed().endsWith(QLatin1Char(':')))
        depth += 2;
    textCursor().insertText(QLatin1Char('\n') + QString(depth, QLatin1Char(' ')));
    ensureCursorVisible();
}

void CodeView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::StyleChange)
        refresh();
}

void CodeView::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(viewport());
        painter.fillRect(viewport()->rect(), tokensOf(this).sunken());
    }
    QPlainTextEdit::paintEvent(event);
}

void CodeView::refresh()
{
    setFont(fonts::code());
    QPalette colors = palette();
    colors.setColor(QPalette::Base, tokensOf(this).sunken());
    colors.setColor(QPalette::Window, tokensOf(this).sunken());
    setPalette(colors);
    m_highlighter->setTokens(tokensOf(this));
    markLine(m_marked);
}

} // namespace stormglass::ui

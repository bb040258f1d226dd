#pragma once

#include "ui/widgets/log_lines.h"

#include <QAbstractScrollArea>
#include <QColor>

namespace stormglass::ui {

struct Tokens;

// Output as it comes: colours of terminals, error output told apart, followed while one is at its
// end. Paints only what is seen and keeps only the newest.
class LogView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit LogView(const QString &name, QWidget *parent = nullptr);

    void append(LogChannel channel, const QByteArray &bytes, const QString &stamp = {});
    void appendLine(LogChannel channel, const QString &text, const QString &stamp = {});
    void finish();
    void clear();
    const LogLines &lines() const { return m_lines; }
    QString allText() const;

    // Marks every occurrence; goes to the last one.
    void setSearch(const QString &text);
    // Shown while there is nothing.
    void setPlaceholder(const QString &text);
    bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool following);

signals:
    void followingChanged(bool following);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void refresh();
    void arrange();
    void paintLine(QPainter &painter, int y, std::size_t index, const Tokens &tokens) const;
    void paintSpans(QPainter &painter, QPoint at, const LogLine &line, const Tokens &tokens) const;
    void paintFound(QPainter &painter, QPoint at, const LogLine &line, const Tokens &tokens) const;
    std::size_t lineAt(int y) const;
    QString selectedText() const;

    LogLines m_lines;
    QString m_search;
    QString m_placeholder;
    bool m_isFollowing = true;
    bool m_isArranging = false;
    // Numbers of lines (dropped ones counted), so that a mark stays where it was put.
    qint64 m_anchor = -1;
    qint64 m_cursor = -1;
};

QColor colorOf(const AnsiStyle &style, const Tokens &tokens, const QColor &plain);

} // namespace stormglass::ui

#pragma once

#include "ui/shell/overlay.h"

#include <QList>

#include <functional>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace stormglass::ui {

class Text;

// Something one can go to or do. `sign` narrows: `>` commands, `@` instances, `#` executions, `!`
// rules.
struct PaletteEntry
{
    QString text;
    QString kind;
    QString glyph;
    QString key = {};
    QChar sign = {};
    std::function<void()> act = {};
    // What is there before anything is typed.
    bool isOffered = false;
};

// Ctrl+K: every place and command, every rule, action, sensor, pack and instance, by a few letters
// of its name.
class Palette : public Overlay
{
    Q_OBJECT

public:
    // Asked each time the palette opens; executions are found by id through `findExecution`.
    using Source = std::function<QList<PaletteEntry>()>;

    Palette(Source source, std::function<void(const QString &)> findExecution, QWidget *window);

    void setText(const QString &text);

protected:
    void opened() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void step(int by);
    void take();

    Source m_source;
    std::function<void(const QString &)> m_findExecution;
    QList<PaletteEntry> m_all;
    QList<PaletteEntry> m_found;
    QLineEdit *m_edit;
    QListView *m_list;
    QStandardItemModel *m_items;
    Text *m_hint;
};

} // namespace stormglass::ui

#pragma once

#include "ui/models/session.h"
#include "ui/pages/page.h"

#include <QMainWindow>

class QSettings;
class QStackedWidget;

namespace stormglass::ui {

class LiveDock;

// One engine's pages and dock, where one is among them and where one was before. Pages are made
// when they are first gone to.
class Workspace : public QMainWindow
{
    Q_OBJECT

public:
    explicit Workspace(Session &session, QWidget *parent = nullptr);

    struct PageInfo
    {
        QString name;
        QString title;
        QString glyph;
    };
    // In the order of the navigation.
    static const QList<PageInfo> &places();

    void go(const Place &place);
    bool goBack();
    Page *page() const;
    Page *pageNamed(const QString &name);
    LiveDock &dock() const { return *m_dock; }
    Session &session() const { return m_session; }

    void save(QSettings &settings) const;
    void restore(QSettings &settings);

signals:
    void moved();
    void crumbsChanged();
    void filterChanged();
    void badgeChanged(const QString &page, int count);

private:
    Page *make(const QString &name);

    Session &m_session;
    QStackedWidget *m_stack;
    LiveDock *m_dock;
    QHash<QString, Page *> m_pages;
    QList<Place> m_before;
    Place m_here;
};

} // namespace stormglass::ui

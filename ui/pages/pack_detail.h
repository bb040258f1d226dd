#pragma once

#include "ui/pages/page.h"

class QVBoxLayout;

namespace stormglass::ui {

class Button;
class DetailHead;
class ErrorBanner;
class Text;

// One pack: what it says of itself, and its actions, rules and sensors as ways to go.
class PackDetail : public QWidget
{
    Q_OBJECT

public:
    explicit PackDetail(Session &session, QWidget *parent = nullptr);
    void show(const Value &pack);
    using QWidget::show;

signals:
    void placeWanted(const stormglass::ui::Place &place);

private:
    void refresh();
    void addFacts();
    void addProblems();
    // How many there are.
    int addContent(const QString &title, const CatalogueModel &catalogue, const QString &page);
    void reload();

    Session &m_session;
    Value m_pack;
    DetailHead *m_head;
    Button *m_reload;
    ErrorBanner *m_error;
    Text *m_told;
    QVBoxLayout *m_body;
};

} // namespace stormglass::ui

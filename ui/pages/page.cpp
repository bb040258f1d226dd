#include "ui/pages/page.h"

#include <QShortcut>

namespace stormglass::ui {

Page::Page(Session &session, QString name, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_name(std::move(name))
{
}

ParsedFilter Page::setFilterText(const QString &text)
{
    const bool isOther = text != m_filterText;
    m_filterText = text;
    ParsedFilter parsed = parseFilter(text);
    const bool isUsable
        = parsed.state == ParsedFilter::State::Empty || parsed.state == ParsedFilter::State::Right;
    if (isUsable)
        applyFilter(parsed.filter);
    if (isOther)
        emit filterChanged();
    return parsed;
}

void Page::addKey(const QKeySequence &key, const QString &meaning, std::function<void()> act)
{
    auto *shortcut = new QShortcut(key, this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, std::move(act));
    m_keys.append(
        {key.toString(QKeySequence::NativeText).replace(QLatin1Char('+'), QLatin1Char(' ')),
         meaning});
}

void Page::narrow(const QString &field, const Value &value)
{
    const QString term = filterTerm(field, value);
    const bool isUsable = parseFilter(m_filterText).state == ParsedFilter::State::Right;
    setFilterText(isUsable ? m_filterText + QStringLiteral(" and ") + term : term);
}

} // namespace stormglass::ui

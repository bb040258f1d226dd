#include "ui/pages/list_page.h"

#include "engine/base/json.h"
#include "engine/base/yaml.h"
#include "ui/models/times.h"
#include "ui/theme/glyph.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/states.h"
#include "ui/widgets/text.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QMenu>
#include <QSettings>
#include <QSplitter>

namespace stormglass::ui {

namespace {

void copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
}

QString plain(const Value &value)
{
    return value.isText() ? value.toQString()
                          : QString::fromStdString(writeJson(value, {.maskSecrets = true}));
}

} // namespace

ListPage::ListPage(Session &session, const QString &name, QWidget *parent)
    : Page(session, name, parent)
    , m_bar(new QHBoxLayout)
    , m_notice(new NoticeBar)
    , m_count(new Text({}, Face::Body, Tone::Muted))
{
}

void ListPage::build(QWidget *list, QWidget *detail, int listShare, int detailShare)
{
    auto *bar = new Ground(Ground::Kind::Surface, Ground::Bottom);
    bar->setFixedHeight(metrics::bar + 1);
    bar->setLayout(m_bar);
    m_bar->setContentsMargins(16, 0, 12, 0);
    m_bar->setSpacing(8);
    setFocusProxy(list);
    m_states = new States(list);
    m_states->setMinimumWidth(320);
    m_invitation = new EmptyState;
    m_side = new QStackedWidget;
    m_side->addWidget(m_invitation);
    m_side->addWidget(detail);
    // The tabs of an execution fit, and with the list both fit the smallest window.
    m_side->setMinimumWidth(384);
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_states);
    m_splitter->addWidget(m_side);
    m_splitter->setStretchFactor(0, listShare);
    m_splitter->setStretchFactor(1, detailShare);
    m_splitter->setSizes({listShare * 100, detailShare * 100});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar);
    layout->addWidget(m_notice);
    layout->addWidget(m_splitter, 1);
    connect(m_states, &States::retried, this, [this] { reload(); });
}

void ListPage::showDetail(bool chosen)
{
    m_side->setCurrentIndex(chosen ? 1 : 0);
}

void ListPage::invite(const QString &glyph, const QString &title, const QString &text)
{
    m_invitation->show(glyph, title, text);
}

void ListPage::showState(Loading loading, const Error &error, bool isEmpty, const QString &what)
{
    const bool wasContent = m_states->isContent();
    const bool isNothing = loading != Loading::Ready;
    if (loading == Loading::Failed) {
        m_states->showFailure(what, error.message);
    } else if (isNothing && isEmpty) {
        m_states->showBusy(tr("Reading\u2026"));
    } else if (isEmpty) {
        fillEmpty(m_states->empty());
        m_states->showEmpty();
    } else {
        m_states->showContent();
    }
    if (!wasContent && m_states->isContent())
        takeFocus();
    // Beside a list that is empty or missing there is nothing to choose from.
    m_side->setVisible(!isEmpty && loading != Loading::Failed);
}

void ListPage::showState(const LiveModel &model, const QString &what)
{
    const bool isEmpty = model.rowCount() == 0;
    showState(model.loading(), model.error(), isEmpty, what);
    if (isEmpty && model.isSearching())
        m_states->showBusy(tr("Looking further\u2026 nothing among the newest %1 fits.")
                               .arg(countText(static_cast<std::int64_t>(model.looked()))));
    m_further->setVisible(!isEmpty && model.loading() == Loading::Ready && !model.isCounted()
                          && !model.hasAll() && !model.isSearching()
                          && model.looked() >= model.lookLimit());
    m_count->setToolTip(model.isStale() ? plainToolTip(model.error().message) : QString());
}

void ListPage::addCount(LiveModel &model)
{
    m_further = new LinkButton(tr("Look further"));
    m_further->hide();
    m_bar->addSpacing(4);
    m_bar->addWidget(m_count);
    m_bar->addWidget(m_further);
    m_bar->addStretch(1);
    connect(m_further, &QAbstractButton::clicked, &model, &LiveModel::lookFurther);
    connect(&m_states->empty(), &EmptyState::stepTaken, &model, &LiveModel::lookFurther);
}

QString ListPage::countsOf(const LiveModel &model, const QString &all)
{
    // Nothing is known yet, or nothing could be.
    if (model.loading() != Loading::Ready && model.loaded() == 0)
        return {};
    QString text = all;
    if (!model.filter().isEmpty()) {
        const auto shown = static_cast<std::int64_t>(model.rowCount());
        const QString looked = countText(static_cast<std::int64_t>(model.looked()));
        text = model.isCounted() ? tr("%1 match").arg(countText(model.total()))
            : model.hasAll()     ? tr("%1 match").arg(countText(shown))
            : model.isSearching()
            ? tr("%1 match so far, %2 looked at").arg(countText(shown), looked)
            : tr("%1 match among the newest %2").arg(countText(shown), looked);
    }
    if (model.isStale())
        text += tr(" \u00b7 could not be read again");
    return text;
}

void ListPage::showNoMatch(EmptyState &empty, const LiveModel &model, const QString &title)
{
    const bool isAll = model.isCounted() || model.hasAll();
    empty.show(
        QStringLiteral("filter"), title,
        isAll ? tr("Nothing that was recorded fits the filter. What comes and fits appears here.")
              : tr("None of the newest %1 fits the filter. What comes and fits appears here.")
                    .arg(countText(static_cast<std::int64_t>(model.looked()))));
    empty.setStep(isAll ? QString() : tr("Look further"), QStringLiteral("search"));
}

// A list that was not there yet could not take the focus it was given; unless somebody types, it is
// given now.
void ListPage::takeFocus()
{
    const QWidget *focus = QApplication::focusWidget();
    const bool isTyping = focus && focus->inherits("QLineEdit");
    if (isVisible() && !isTyping && !(focus && isAncestorOf(focus)))
        setFocus();
}

void ListPage::addValueActions(QMenu &menu, const QString &field, const Value &value,
                               const Value &record)
{
    if (!value.isNull()) {
        menu.addAction(themedIcon(QStringLiteral("copy")),
                       tr("Copy %1").arg(plainActionText(shortened(plain(value), 40))), this,
                       [value] { copy(plain(value)); });
        if (!field.isEmpty())
            menu.addAction(
                themedIcon(QStringLiteral("filter")),
                tr("Filter by %1").arg(plainActionText(shortened(filterTerm(field, value), 40))),
                this, [this, field, value] { narrow(field, value); });
    }
    menu.addSeparator();
    menu.addAction(tr("Copy as JSON"), this, [record] {
        copy(QString::fromStdString(writeJson(record, {.indent = 2, .maskSecrets = true})));
    });
    menu.addAction(tr("Copy as YAML"), this,
                   [record] { copy(QString::fromStdString(writeYaml(record))); });
}

void ListPage::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("splitter"), m_splitter->saveState());
}

void ListPage::restore(const QSettings &settings)
{
    m_splitter->restoreState(settings.value(QStringLiteral("splitter")).toByteArray());
}

} // namespace stormglass::ui

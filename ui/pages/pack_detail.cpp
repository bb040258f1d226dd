#include "ui/pages/pack_detail.h"

#include "ui/models/times.h"
#include "ui/pages/detail_parts.h"
#include "ui/pages/layouts.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/form.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/states.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace stormglass::ui {

namespace {

constexpr int shownLinks = 60;
constexpr int shownProblems = 20;

QString joined(const Value &list)
{
    QStringList words;
    for (const Value &item : list.itemsOrNone())
        words.append(item.toQStringOr({}));
    return words.join(QStringLiteral(", "));
}

} // namespace

PackDetail::PackDetail(Session &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_head(new DetailHead)
    , m_reload(new Button(tr("Reload"), QStringLiteral("refresh")))
    , m_error(new ErrorBanner)
    , m_told(new Text({}, Face::Body, Tone::Good))
    , m_body(new QVBoxLayout)
{
    m_reload->setToolTip(tr("Reads the pack's files again."));
    m_head->addAction(m_reload);
    m_told->hide();
    auto *scroll = new DetailScroll;
    scroll->body()->addWidget(m_error);
    scroll->body()->addWidget(m_told);
    scroll->body()->addLayout(m_body);
    scroll->body()->addStretch(1);
    m_body->setSpacing(8);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(scroll, 1);
    connect(m_reload, &QAbstractButton::clicked, this, &PackDetail::reload);
    for (const CatalogueModel *catalogue : {static_cast<CatalogueModel *>(&session.actions),
                                            static_cast<CatalogueModel *>(&session.rules),
                                            static_cast<CatalogueModel *>(&session.sensors)})
        connect(catalogue, &CatalogueModel::loadingChanged, this, &PackDetail::refresh);
    connect(&session.packs, &PacksModel::problemsChanged, this, &PackDetail::refresh);
}

void PackDetail::show(const Value &pack)
{
    if (pack == m_pack)
        return;
    m_pack = pack;
    m_error->clear();
    m_told->say({});
    refresh();
}

void PackDetail::refresh()
{
    if (m_pack.isNull())
        return;
    m_head->setName(m_pack["ref"].toQStringOr({}));
    m_head->setLine(m_pack["description"].toQStringOr({}).simplified());
    m_head->chip().show(m_pack["version"].toQStringOr({}), Tone::Muted);
    clearLayout(*m_body);
    addFacts();
    addProblems();
    const int count = addContent(tr("Actions"), m_session.actions, QStringLiteral("actions"))
        + addContent(tr("Rules"), m_session.rules, QStringLiteral("rules"))
        + addContent(tr("Sensors"), m_session.sensors, QStringLiteral("sensors"));
    if (count > 0)
        return;
    auto *nothing = new Text(tr("It holds no actions, rules or sensors."), Face::Body, Tone::Muted);
    nothing->setContentsMargins(0, 12, 0, 0);
    m_body->addWidget(nothing);
}

void PackDetail::addFacts()
{
    auto *facts = new Facts;
    const auto add = [facts](const QString &name, const QString &text, Face face = Face::Body) {
        if (text.isEmpty())
            return;
        auto *value = new Text(text, face);
        value->setWrapping();
        value->setCopyable();
        facts->add(name, value);
    };
    add(tr("Author"), m_pack["author"].toQStringOr({}));
    add(tr("Keywords"), joined(m_pack["keywords"]));
    add(tr("Needs"), joined(m_pack["dependencies"]));
    add(tr("Folder"), m_pack["path"].toQStringOr({}), Face::Code);
    m_body->addWidget(facts);
}

// What of it could not be loaded, and the line at fault.
void PackDetail::addProblems()
{
    const QString pack = m_pack["ref"].toQStringOr({});
    const std::vector<Value> &problems = m_session.packs.problemsOf(pack);
    if (problems.empty())
        return;
    m_body->addWidget(sectionTitle(tr("What is wrong with it")));
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const Value &problem : problems) {
        if (row == shownProblems)
            break;
        const bool isError = problem["level"].toQStringOr({}) != QLatin1String("warning");
        const std::int64_t line = problem["line"].toIntOr(0);
        const QString file = problem["file"].toQStringOr({});
        auto *place = new Text(breakable(line > 0 ? tr("%1, line %2").arg(file).arg(line) : file),
                               Face::Code, Tone::Muted);
        auto *message = new Text(breakable(problem["message"].toQStringOr({})));
        for (Text *text : {place, message}) {
            text->setWrapping();
            text->setCopyable();
        }
        auto *words = new QVBoxLayout;
        words->setSpacing(1);
        words->addWidget(message);
        words->addWidget(place);
        grid->addWidget(
            new Chip(isError ? tr("left out") : tr("warning"), isError ? Tone::Bad : Tone::Warn),
            row, 0, Qt::AlignTop | Qt::AlignLeft);
        grid->addLayout(words, row, 1);
        ++row;
    }
    m_body->addLayout(grid);
    const auto more = static_cast<std::int64_t>(problems.size()) - row;
    if (more > 0)
        m_body->addWidget(
            new Text(tr("and %1 more").arg(countText(more)), Face::Body, Tone::Muted));
}

int PackDetail::addContent(const QString &title, const CatalogueModel &catalogue,
                           const QString &page)
{
    const QString pack = m_pack["ref"].toQStringOr({});
    auto *links = new QWidget;
    auto *flow = new FlowLayout(6, links);
    int count = 0;
    for (const Value &item : catalogue.all()) {
        if (item["pack"].toQStringOr({}) != pack || ++count > shownLinks)
            continue;
        const QString ref = item["ref"].toQStringOr({});
        auto *link = new LinkButton(item["name"].toQStringOr({}));
        connect(link, &QAbstractButton::clicked, this, [this, page, ref] {
            emit placeWanted({page, ref});
        });
        flow->addWidget(link);
    }
    if (count == 0) {
        delete links;
        return 0;
    }
    m_body->addWidget(sectionTitle(QStringLiteral("%1 · %2").arg(title, countText(count))));
    m_body->addWidget(links);
    if (count > shownLinks) {
        auto *all = new LinkButton(tr("Show all %1").arg(countText(count)));
        connect(all, &QAbstractButton::clicked, this, [this, page, pack] {
            emit placeWanted({page, {}, filterTerm(QStringLiteral("pack"), Value(pack))});
        });
        m_body->addWidget(all, 0, Qt::AlignLeft);
    }
    return count;
}

void PackDetail::reload()
{
    m_reload->setEnabled(false);
    m_error->clear();
    m_told->say({});
    const Value body
        = Value::map({{"packs", Value::list({m_pack["ref"]})}, {"types", Value::list({"all"})}});
    m_session.connection.post(
        QStringLiteral("/packs/register"), body, Reply<Value>(this, [this](Result<Value> answer) {
            m_reload->setEnabled(true);
            m_session.packs.askProblems();
            if (answer)
                m_told->say(tr("Its files were read again."));
            else
                m_error->showError(tr("The pack could not be reloaded."), answer.error().message);
        }));
}

} // namespace stormglass::ui

#include "engine/secrets/keychain.h"

#include <qt6keychain/keychain.h>

#include <QRegularExpression>
#include <QUuid>

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView trialName{"trial of the keychain"};

Error errorOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {ErrorCode::NotFound, u"The keychain holds no such secret."_s};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return {ErrorCode::Denied, u"The keychain has not been opened: access was denied."_s};
    default:
        return {ErrorCode::Unavailable,
                u"The system's keychain cannot be used: %1."_s.arg(
                    job.errorString().remove(QRegularExpression(u"[.\\s]+$"_s)))};
    }
}

} // namespace

Keychain::Keychain(QString service, QObject *parent)
    : QObject(parent)
    , m_service(std::move(service))
{
}

void Keychain::keep(const QString &name, const QString &secret, Done done)
{
    whenUsable([this, name, secret, done = std::move(done)](const Result<> &usable) {
        if (usable)
            write(name, secret, done);
        else
            done(usable);
    });
}

void Keychain::recall(const QString &name, Take take)
{
    whenUsable([this, name, take = std::move(take)](const Result<> &usable) {
        if (usable)
            read(name, take);
        else
            take(failure(usable.error()));
    });
}

void Keychain::forget(const QString &name, Done done)
{
    whenUsable([this, name, done = std::move(done)](const Result<> &usable) {
        if (usable)
            remove(name, done);
        else
            done(usable);
    });
}

void Keychain::whenUsable(Done go)
{
    if (m_usable == Usable::Yes) {
        go({});
        return;
    }
    m_waiting.push_back(std::move(go));
    if (m_usable == Usable::Unknown)
        tryOut();
}

void Keychain::tryOut()
{
    m_usable = Usable::Trying;
    const QString text = QUuid::createUuid().toString();
    write(trialName, text, [this, text](const Result<> &written) {
        if (written)
            readBack(text);
        else
            finishTrying(written);
    });
}

void Keychain::readBack(const QString &text)
{
    read(trialName, [this, text](const Result<QString> &found) {
        const bool isKept = found && *found == text;
        remove(trialName, [this, isKept](const Result<> &) {
            finishTrying(isKept ? Result<>()
                                : failure(ErrorCode::Unavailable,
                                          u"The system's keychain does not keep what it is "
                                          "given; it may be locked."_s));
        });
    });
}

void Keychain::finishTrying(const Result<> &outcome)
{
    m_usable = outcome ? Usable::Yes : Usable::Unknown;
    std::vector<Done> waiting;
    waiting.swap(m_waiting);
    for (const Done &go : waiting)
        go(outcome);
}

void Keychain::write(const QString &name, const QString &secret, Done done)
{
    auto *job = new QKeychain::WritePasswordJob(m_service, this);
    job->setKey(name);
    job->setTextData(secret);
    connect(job, &QKeychain::Job::finished, this, [done = std::move(done)](QKeychain::Job *ended) {
        done(ended->error() == QKeychain::NoError ? Result<>() : failure(errorOf(*ended)));
    });
    job->start();
}

void Keychain::read(const QString &name, Take take)
{
    auto *job = new QKeychain::ReadPasswordJob(m_service, this);
    job->setKey(name);
    connect(job, &QKeychain::Job::finished, this,
            [job, take = std::move(take)](QKeychain::Job *ended) {
                take(ended->error() == QKeychain::NoError ? Result<QString>(job->textData())
                                                          : failure(errorOf(*ended)));
            });
    job->start();
}

void Keychain::remove(const QString &name, Done done)
{
    auto *job = new QKeychain::DeletePasswordJob(m_service, this);
    job->setKey(name);
    connect(job, &QKeychain::Job::finished, this, [done = std::move(done)](QKeychain::Job *ended) {
        const bool isGone
            = ended->error() == QKeychain::NoError || ended->error() == QKeychain::EntryNotFound;
        done(isGone ? Result<>() : failure(errorOf(*ended)));
    });
    job->start();
}

} // namespace stormglass

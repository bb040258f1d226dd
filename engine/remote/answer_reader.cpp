#include "engine/remote/answer_reader.h"

#include "engine/remote/remote_request.h"

namespace stormglass {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 bytesAtOnce = 4 * 1024 * 1024;

} // namespace

AnswerReader::AnswerReader(QNetworkReply *reply, const RemoteOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_reply(reply)
{
    // What the loop does not get to is left to TCP to hold back.
    reply->setReadBufferSize(bytesAtOnce);
    connect(reply, &QNetworkReply::sslErrors, this,
            [this] { m_untrusted = judgeCertificate(*m_reply, m_options); });
    connect(reply, &QNetworkReply::readyRead, this, &AnswerReader::read);
    connect(reply, &QNetworkReply::finished, this, &AnswerReader::finish);
}

AnswerReader::~AnswerReader()
{
    if (m_reply)
        m_reply->deleteLater();
}

void AnswerReader::read()
{
    // A reply that was given up is closed, and says so when read.
    if (m_isTooLarge || !m_reply->isOpen())
        return;
    m_isTooLarge = m_body.size() + m_reply->bytesAvailable() > m_options.answerBytes;
    if (m_isTooLarge)
        m_reply->abort();
    else
        m_body.append(m_reply->readAll());
}

void AnswerReader::finish()
{
    if (!m_untrusted.isEmpty()) {
        emit finished(failure(ErrorCode::Unavailable, certificateProblem(*m_reply, m_untrusted)));
    } else if (m_isTooLarge) {
        emit finished(failure(ErrorCode::Invalid,
                              u"The answer of %1 is larger than %2 MiB; ask for less of it."_s
                                  .arg(m_reply->url().host())
                                  .arg(m_options.answerBytes / 1024 / 1024)));
    } else {
        read();
        emit finished(answerOf(*m_reply, m_body));
    }
}

} // namespace stormglass

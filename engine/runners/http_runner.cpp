#include "engine/runners/http_runner.h"

#include "engine/base/json.h"
#include "engine/base/thread_name.h"
#include "engine/runners/http_parameters.h"

#include <QStringDecoder>

namespace stormglass {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QString textOf(const QByteArray &body, const QByteArray &contentType)
{
    const qsizetype mark = contentType.indexOf("charset=");
    const QByteArray charset
        = mark < 0 ? QByteArray("UTF-8") : contentType.mid(mark + 8).split(';')[0].trimmed();
    QStringDecoder decoder(charset.constData());
    if (decoder.isValid()) {
        const QString text = decoder(body);
        if (!decoder.hasError())
            return text;
    }
    return QString::fromLatin1(body);
}

} // namespace

Outcome outcomeOf(const HttpAnswer &answer)
{
    Value headers = Value::map();
    for (const auto &[name, value] : answer.headers)
        headers.set(QString::fromLatin1(name), QString::fromUtf8(value));
    Value body(textOf(answer.body, answer.contentType));
    bool parsed = false;
    if (answer.contentType.split(';')[0].trimmed().toLower() == "application/json") {
        if (Result<Value> json = readJson(body.text())) {
            body = std::move(*json);
            parsed = true;
        }
    }
    const bool good = answer.status >= 200 && answer.status <= 206;
    return {good ? ExecutionStatus::Succeeded : ExecutionStatus::Failed,
            Value::map({{"status_code", answer.status},
                        {"body", body},
                        {"parsed", parsed},
                        {"headers", headers}})};
}

HttpRunner::HttpRunner(Reactor &reactor, const RunnerSettings &settings)
    : m_client(reactor)
    , m_settings(settings)
{
}

void HttpRunner::start(const Job &job, RunnerSink &sink)
{
    SG_ON(Io);
    Result<HttpRequest> request = httpRequestOf(job, m_settings);
    if (!request)
        return sink.finished(job.execution, failed(request.error()));
    const Id execution = job.execution;
    const HttpClient::TransferId transfer
        = m_client.start(std::move(*request), [this, execution](const Result<HttpAnswer> &answer) {
              finish(execution, answer);
          });
    m_runs.insert_or_assign(execution, Run{transfer, &sink});
}

void HttpRunner::cancel(const Id &execution, std::chrono::milliseconds)
{
    SG_ON(Io);
    const auto node = m_runs.extract(execution);
    if (node.empty())
        return;
    m_client.cancel(node.mapped().transfer);
    node.mapped().sink->finished(execution, {ExecutionStatus::Canceled, Value::map()});
}

void HttpRunner::finish(const Id &execution, const Result<HttpAnswer> &answer)
{
    const auto node = m_runs.extract(execution);
    if (answer)
        return node.mapped().sink->finished(execution, outcomeOf(*answer));
    Outcome outcome = failed(answer.error());
    if (answer.error().code == ErrorCode::Timeout)
        outcome.status = ExecutionStatus::Timeout;
    node.mapped().sink->finished(execution, std::move(outcome));
}

} // namespace stormglass

#include "engine/runners/http_parameters.h"

#include "engine/base/json.h"
#include "engine/base/python_text.h"

#include <QUrl>

#include <algorithm>

namespace stormglass {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto defaultTimeout = 60s;

QByteArray bytesOf(const Value &value)
{
    return value.isNull() ? QByteArray() : QByteArray::fromStdString(pythonStr(value));
}

bool isGiven(const Value &value)
{
    return !value.isNull() && !(value.isText() && value.text().empty());
}

QByteArray encoded(const Value &value)
{
    return QUrl::toPercentEncoding(QString::fromUtf8(bytesOf(value)));
}

// `a=1&b=2`; a list gives its name once for each item, and null nothing.
QByteArray formOf(const Value &fields)
{
    QByteArrayList parts;
    for (const ValueMap::Entry &field : fields.entriesOrNone()) {
        if (field.value.isSequence()) {
            for (const Value &item : field.value.items())
                parts += encoded(field.key) + '=' + encoded(item);
        } else if (!field.value.isNull()) {
            parts += encoded(field.key) + '=' + encoded(field.value);
        }
    }
    return parts.join('&');
}

QByteArray addressWith(const QByteArray &url, const QByteArray &query)
{
    if (query.isEmpty())
        return url;
    const qsizetype mark = url.indexOf('#');
    const QByteArray address = mark < 0 ? url : url.first(mark);
    return address + (address.contains('?') ? '&' : '?') + query;
}

QByteArray cookiesOf(const Value &cookies)
{
    QByteArrayList parts;
    for (const ValueMap::Entry &cookie : cookies.entriesOrNone())
        parts += bytesOf(cookie.key) + '=' + bytesOf(cookie.value);
    return parts.join("; ");
}

QString hostOf(const QString &url)
{
    QString host = QUrl(url).host();
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.sliced(1, host.size() - 2);
    return host;
}

bool holdsHost(const Value &list, const QString &host)
{
    const ValueList &items = list.itemsOrNone();
    return std::any_of(items.begin(), items.end(), [&host](const Value &item) {
        return item.toQStringOr({}).compare(host, Qt::CaseInsensitive) == 0;
    });
}

// Why an address may not be asked, if it may not.
std::optional<QString> refusalOf(const QString &url, const Value &blacklist, const Value &whitelist)
{
    const QString host = hostOf(url);
    if (holdsHost(blacklist, host))
        return u"URL \"%1\" is blacklisted"_s.arg(url);
    if (!whitelist.itemsOrNone().empty() && !holdsHost(whitelist, host))
        return u"URL \"%1\" is not whitelisted"_s.arg(url);
    return std::nullopt;
}

Result<> limitHosts(HttpRequest &request, const Value &parameters)
{
    const Value blacklist = parameters["url_hosts_blacklist"];
    const Value whitelist = parameters["url_hosts_whitelist"];
    if (blacklist.itemsOrNone().empty() && whitelist.itemsOrNone().empty())
        return {};
    if (!blacklist.itemsOrNone().empty() && !whitelist.itemsOrNone().empty()) {
        return failure(ErrorCode::Invalid,
                       u"\"url_hosts_blacklist\" and \"url_hosts_whitelist\" parameters are "
                       u"mutually exclusive. "
                       "Only one should be provided."_s);
    }
    request.refusal = [blacklist, whitelist](const QString &url) {
        return refusalOf(url, blacklist, whitelist);
    };
    if (const auto refused = request.refusal(QString::fromUtf8(request.url)))
        return failure(ErrorCode::Denied, *refused);
    return {};
}

void setHeaders(HttpRequest &request, const Job &job, const RunnerSettings &settings)
{
    for (const ValueMap::Entry &header : job.runnerParameters["headers"].entriesOrNone())
        request.headers.emplace_back(bytesOf(header.key), bytesOf(header.value));
    const auto put = [&request](const QByteArray &name, const QByteArray &value) {
        std::erase_if(request.headers, [&name](const auto &header) {
            return header.first.compare(name, Qt::CaseInsensitive) == 0;
        });
        request.headers.emplace_back(name, value);
    };
    put("User-Agent", "st2/v" + settings.version.toUtf8());
    put("X-Stanley-Action", job.action.name.toUtf8());
}

bool isJson(const HttpRequest &request)
{
    return std::any_of(request.headers.begin(), request.headers.end(), [](const auto &header) {
        return header.first.compare("Content-Type", Qt::CaseInsensitive) == 0
            && header.second == "application/json";
    });
}

void setBody(HttpRequest &request, const Value &body)
{
    if (!isGiven(body))
        return;
    if (isJson(request)) {
        const Value content = body.isText() ? readJson(body.text()).value_or(body) : body;
        // Text that is no JSON goes as it is: the peer will say what it thinks of it.
        request.body = content.isText() && body.isText() && content == body
            ? bytesOf(body)
            : QByteArray::fromStdString(writeJson(content));
    } else if (body.isMap()) {
        request.body = formOf(body);
        request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    } else {
        request.body = bytesOf(body);
    }
}

void setFile(HttpRequest &request, const Value &parameters)
{
    if (!isGiven(parameters["file_name"]) || !isGiven(parameters["file_content"]))
        return;
    request.body.reset();
    request.file = HttpFile{bytesOf(parameters["file_name"]), bytesOf(parameters["file_content"]),
                            bytesOf(parameters["file_content_type"])};
}

void setPassword(HttpRequest &request, const Job &job)
{
    const Value &auth = job.actionParameters["auth"];
    if (auth.isSequence() && auth.items().size() == 2) {
        request.username = bytesOf(auth.items()[0]);
        request.password = bytesOf(auth.items()[1]);
    }
    if (isGiven(job.runnerParameters["username"]) || isGiven(job.runnerParameters["password"])) {
        request.username = bytesOf(job.runnerParameters["username"]);
        request.password = bytesOf(job.runnerParameters["password"]);
    }
}

Result<std::chrono::milliseconds> timeoutOf(const Value &given)
{
    double seconds = std::chrono::duration<double>(defaultTimeout).count();
    bool isNumber = true;
    if (given.isInt())
        seconds = double(given.toInt());
    else if (given.isDouble())
        seconds = given.toDouble();
    else if (isGiven(given))
        seconds = given.toQStringOr({}).toDouble(&isNumber);
    if (!isNumber || !(seconds > 0))
        return failure(ErrorCode::Invalid, u"timeout must be a number of seconds above zero"_s);
    return std::chrono::milliseconds(std::int64_t(std::min(seconds, 86'400.0) * 1000));
}

} // namespace

Result<HttpRequest> httpRequestOf(const Job &job, const RunnerSettings &settings)
{
    const Value &runner = job.runnerParameters;
    const Value &action = job.actionParameters;
    HttpRequest request;
    request.url = addressWith(bytesOf(runner["url"]).trimmed(), formOf(action["params"]));
    if (request.url.isEmpty())
        return failure(ErrorCode::Invalid, u"The parameter url is missing"_s);
    SG_TRY(limitHosts(request, runner));
    setHeaders(request, job, settings);
    setBody(request, action["body"]);
    setFile(request, action);
    const QByteArray fallback = request.body || request.file ? "POST" : "GET";
    request.method = isGiven(action["method"]) ? bytesOf(action["method"]).toUpper() : fallback;
    request.cookies = cookiesOf(runner["cookies"]);
    setPassword(request, job);
    const bool isSecure = request.url.toLower().startsWith("https:");
    request.proxy = bytesOf(runner[isSecure ? "https_proxy" : "http_proxy"]);
    request.verifyPeer = runner["verify_ssl_cert"].toBoolOr(true);
    request.followRedirects = runner["allow_redirects"].toBoolOr(false);
    SG_LET(request.timeout, timeoutOf(action["timeout"]));
    request.bodyLimit = settings.bodyLimit;
    return request;
}

} // namespace stormglass

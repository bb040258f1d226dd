#include "tests/scenarios/scenario_pack_bench.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

constexpr int patience = 90'000;

const QString operations = u"/api/v1/packs/operations"_s;

// A wheel is a zip archive; Python writes one.
constexpr const char *wheelMaker
    = "import sys, zipfile\n"
      "folder, version = sys.argv[1:]\n"
      "info = 'tiny-%s.dist-info/' % version\n"
      "with zipfile.ZipFile('%s/tiny-%s-py3-none-any.whl' % (folder, version), 'w') as wheel:\n"
      "    wheel.writestr('tiny.py', 'value = %r\\n' % version)\n"
      "    wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: tiny\\nVersion: %s\\n' "
      "% version)\n"
      "    wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: "
      "true\\nTag: py3-none-any\\n')\n"
      "    wheel.writestr(info + 'RECORD', 'tiny.py,,\\n')\n";

} // namespace

PackBench::PackBench() = default;

void PackBench::write(const QString &below, const QByteArray &text) const
{
    QDir().mkpath(QFileInfo(path(below)).path());
    QFile file(path(below));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s: %s", qPrintable(below), qPrintable(file.errorString()));
}

void PackBench::writePack(const QString &name, const QString &version, const QByteArray &more) const
{
    write(name + u"/pack.yaml"_s,
          "ref: " + name.toUtf8() + "\nname: " + name.toUtf8() + "\ndescription: d\nversion: "
              + version.toUtf8() + "\nauthor: a\nemail: a@example.org\n" + more);
    write(name + u"/actions/say.yaml"_s,
          "name: say\nrunner_type: local-shell-cmd\nparameters:\n  cmd:\n    immutable: true\n"
          "    default: echo "
              + version.toUtf8() + '\n');
}

void PackBench::program(const QString &program, const QStringList &arguments, const QString &folder)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    if (!process.waitForFinished(patience) || process.exitCode() != 0)
        qFatal("%s: %s", qPrintable(program), process.readAllStandardError().constData());
}

void PackBench::commit(const QString &name, const QString &tag) const
{
    const QString folder = path(name);
    const QStringList identity{u"-c"_s, u"user.name=a"_s, u"-c"_s, u"user.email=a@example.org"_s};
    if (!QFile::exists(folder + u"/.git"_s))
        program(u"git"_s, {u"init"_s, u"-q"_s, u"-b"_s, u"main"_s}, folder);
    program(u"git"_s, {u"add"_s, u"-A"_s}, folder);
    program(u"git"_s, identity + QStringList{u"commit"_s, u"-q"_s, u"-m"_s, tag}, folder);
    program(u"git"_s, {u"tag"_s, tag}, folder);
}

void PackBench::writeWheel(const QString &version) const
{
    QDir().mkpath(path(u"wheels"_s));
    program(u"/usr/bin/python3"_s,
            {u"-c"_s, QString::fromLatin1(wheelMaker), path(u"wheels"_s), version}, path({}));
}

Result<> PackBench::start(const QByteArray &settings)
{
    SG_TRY(m_daemon.write(u"stormglass.yaml"_s,
                          "python: /usr/bin/python3\npack_indexes: []\npip_offline: true\n"
                          "wheels_folder: "
                              + path(u"wheels"_s).toUtf8() + '\n' + settings));
    return m_daemon.start();
}

Result<Value> PackBench::send(Verb verb, const QString &path, const Value &body)
{
    Request request;
    request.verb = verb;
    request.path = path;
    if (verb != Verb::Get)
        request.body = body;
    SG_LET(const Response response, m_daemon.call(std::move(request)));
    return response.body;
}

Result<Value> PackBench::waitForOperation(const QString &id, const QStringList &states)
{
    Result<Value> latest = failure(ErrorCode::Timeout, u"The operation does not end."_s);
    const bool came = QTest::qWaitFor(
        [&] {
            latest = m_daemon.get(operations + u'/' + id);
            return !latest || states.contains((*latest)["state"].toQStringOr({}));
        },
        patience);
    if (!came)
        return failure(ErrorCode::Timeout, u"The operation does not end."_s);
    return latest;
}

Result<Value> PackBench::plan(const QString &kind, const QStringList &packs, const Value &more)
{
    Value body = more;
    Value list = Value::list();
    for (const QString &pack : packs)
        list.append(pack);
    body.set("kind", kind);
    body.set("packs", list);
    SG_LET(const Value begun, send(Verb::Post, operations, body));
    return waitForOperation(begun["id"].toQStringOr({}),
                            {u"planned"_s, u"succeeded"_s, u"failed"_s, u"canceled"_s});
}

Result<Value> PackBench::carryOut(const Value &operation)
{
    const QString id = operation["id"].toQStringOr({});
    SG_TRY(send(Verb::Post, operations + u'/' + id + u"/carry_out"_s));
    return waitForOperation(id, {u"succeeded"_s, u"failed"_s, u"canceled"_s});
}

Result<Value> PackBench::done(const QString &kind, const QStringList &packs)
{
    SG_LET(const Value planned, plan(kind, packs));
    return planned["state"] == Value("planned") ? carryOut(planned) : Result<Value>(planned);
}

Result<Value> PackBench::run(const QString &action, const Value &parameters)
{
    SG_LET(const Value asked,
           send(Verb::Post, u"/api/v1/executions"_s,
                Value::map({{"action", action}, {"parameters", parameters}})));
    return waitForExecution(asked["id"].toQStringOr({}));
}

Result<Value> PackBench::waitForExecution(const QString &id)
{
    static const QStringList ends{u"succeeded"_s, u"failed"_s, u"timeout"_s, u"canceled"_s,
                                  u"abandoned"_s};
    Result<Value> latest = failure(ErrorCode::Timeout, u"The execution does not end."_s);
    const bool came = QTest::qWaitFor(
        [&] {
            latest = m_daemon.get(u"/api/v1/executions/"_s + id);
            return !latest || ends.contains((*latest)["status"].toQStringOr({}));
        },
        patience);
    if (!came)
        return failure(ErrorCode::Timeout, u"The execution does not end."_s);
    return latest;
}

} // namespace stormglass

#include "app/setup/command_line.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace stormglass {

namespace {

void addOptions(QCommandLineParser &parser, ProgramKind kind)
{
    parser.addOption({u"data"_s,
                      u"Folder for the database and what belongs to it (default: %1)."_s.arg(
                          QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
                          + u"/stormglass"_s),
                      u"DIR"_s});
    parser.addOption({u"listen"_s,
                      u"Where to serve HTTP; port 0 takes a free one, \"off\" serves nothing."_s,
                      u"ADDRESS:PORT"_s});
    parser.addOption({u"packs"_s,
                      u"A folder of packs, beside the bundled ones; may be given several times."_s,
                      u"DIR"_s});
    if (kind == ProgramKind::Daemon) {
        parser.addOption(
            {u"user"_s, u"With \"apikey create\": whom the key stands for."_s, u"NAME"_s});
        parser.addPositionalArgument(u"apikey create"_s, u"Print a new API key, once, and exit."_s,
                                     u"[apikey create]"_s);
        parser.addPositionalArgument(
            u"key import"_s,
            u"Use this key of a StackStorm for the datastore; what is stored is encrypted anew."_s,
            u"[key import FILE]"_s);
        return;
    }
    parser.addOption(
        {u"connect"_s, u"Show this server instead of running an engine here."_s, u"URL"_s});
    parser.addOption({u"screenshot"_s, u"Write a picture of a page and exit."_s, u"FILE"_s});
    parser.addOption({u"page"_s,
                      u"With --screenshot: which page, and what is chosen there: rules/core.x."_s,
                      u"NAME"_s, u"now"_s});
    parser.addOption({u"theme"_s, u"light or dark."_s, u"THEME"_s});
    parser.addOption({u"key-to-file"_s,
                      u"Put the key of stored secrets from the keychain into a "
                      "file, for stormglassd, and exit."_s});
}

Result<> applyListen(Settings &settings, const QString &text)
{
    if (text == u"off"_s) {
        settings.listenAddress.clear();
        return {};
    }
    const qsizetype colon = text.lastIndexOf(u':');
    bool isNumber = false;
    const uint port = colon < 0 ? 0 : QStringView(text).mid(colon + 1).toUInt(&isNumber);
    if (!isNumber || port > 65535)
        return failure(ErrorCode::Invalid,
                       u"--listen %1: give ADDRESS:PORT, such as 127.0.0.1:9101."_s.arg(text));
    settings.listenAddress = text.left(colon);
    // [::1]:9101
    if (settings.listenAddress.startsWith(u'[') && settings.listenAddress.endsWith(u']'))
        settings.listenAddress = settings.listenAddress.mid(1).chopped(1);
    settings.port = static_cast<quint16>(port);
    return {};
}

Result<> applyCommand(CommandLine &line, const QCommandLineParser &parser)
{
    const QStringList words = parser.positionalArguments();
    if (words.isEmpty())
        return {};
    if (words.size() == 3 && words[0] == u"key" && words[1] == u"import") {
        line.importedKeyFile = words[2];
        return {};
    }
    if (words != QStringList{u"apikey"_s, u"create"_s})
        return failure(ErrorCode::Invalid,
                       u"There is no command \"%1\". See --help."_s.arg(words.join(u' ')));
    line.user = parser.value(u"user"_s);
    if (line.user.isEmpty())
        return failure(ErrorCode::Invalid,
                       u"apikey create needs --user NAME: whom the key stands for."_s);
    line.createsApiKey = true;
    return {};
}

void applyFolders(Settings &settings, const QStringList &given)
{
    const QString shared = sharedFolder();
    settings.pythonFolder = shared + u"/resources/python"_s;
    QStringList folders{shared + u"/packs"_s};
    for (const QString &folder : settings.packFolders + given)
        folders << QDir::cleanPath(QDir(folder).absolutePath());
    folders << settings.dataFolder + u"/packs"_s;
    folders.removeDuplicates();
    settings.packFolders = folders;
}

} // namespace

QString sharedFolder()
{
    const QDir program(QCoreApplication::applicationDirPath());
    for (const QString &candidate : {u"../../.."_s, u"../share/stormglass"_s}) {
        const QString folder = QDir::cleanPath(program.absoluteFilePath(candidate));
        if (QDir(folder + u"/resources/python"_s).exists())
            return folder;
    }
    return QDir::cleanPath(program.absoluteFilePath(u"../share/stormglass"_s));
}

Result<CommandLine> readCommandLine(ProgramKind kind, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        kind == ProgramKind::Daemon
            ? u"Stormglass without a window: the engine and its HTTP interface."_s
            : u"Stormglass: an operations console with an automation engine."_s);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    addOptions(parser, kind);
    if (!parser.parse(arguments))
        return failure(ErrorCode::Invalid, parser.errorText() + u" See --help."_s);

    CommandLine line;
    if (parser.isSet(help) || parser.isSet(u"help-all"_s)) {
        line.answer = parser.helpText();
        return line;
    }
    if (parser.isSet(version)) {
        line.answer = u"Stormglass %1\n"_s.arg(QStringLiteral(SG_VERSION));
        return line;
    }
    const QString data = parser.isSet(u"data"_s)
        ? parser.value(u"data"_s)
        : QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/stormglass"_s;
    SG_LET(line.settings, readSettings(data, QProcessEnvironment::systemEnvironment()));
    if (parser.isSet(u"listen"_s))
        SG_TRY(applyListen(line.settings, parser.value(u"listen"_s)));
    applyFolders(line.settings, parser.values(u"packs"_s));
    if (kind == ProgramKind::Daemon) {
        SG_TRY(applyCommand(line, parser));
    } else {
        line.connectUrl = parser.value(u"connect"_s);
        line.screenshotFile = parser.value(u"screenshot"_s);
        line.page = parser.value(u"page"_s);
        line.theme = parser.value(u"theme"_s);
        line.putsKeyIntoFile = parser.isSet(u"key-to-file"_s);
        if (!line.theme.isEmpty() && line.theme != u"light"_s && line.theme != u"dark"_s)
            return failure(ErrorCode::Invalid, u"--theme %1: use light or dark."_s.arg(line.theme));
    }
    SG_TRY(checkSettings(line.settings));
    return line;
}

} // namespace stormglass

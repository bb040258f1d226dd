#include "tests/support/exchange_catalogue.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>

namespace stormglass {

QString catalogueArchive()
{
    const QString given = qEnvironmentVariable("STORMGLASS_CATALOGUE");
    const QString path = given.isEmpty()
        ? QStringLiteral(SG_SOURCE_DIR "/../shared/upstream/exchange-index.tar.xz")
        : given;
    return QFile::exists(path) ? path : QString();
}

bool unpackCatalogue(const QString &archive, const QString &folder)
{
    QDir().mkpath(folder);
    const int code
        = QProcess::execute(QStringLiteral("tar"),
                            {QStringLiteral("-xJf"), archive, QStringLiteral("-C"), folder,
                             QStringLiteral("--strip-components=1"), QStringLiteral("packs")});
    if (code != 0)
        return false;
    QStringList written;
    QDirIterator files(folder, {QStringLiteral("*.json")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext())
        written << files.next();
    for (const QString &path : written)
        QFile::rename(path, path.chopped(4) + QStringLiteral("yaml"));
    return !written.isEmpty();
}

} // namespace stormglass

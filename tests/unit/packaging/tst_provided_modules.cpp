#include "engine/packaging/provided_modules.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace stormglass;

class TestProvidedModules : public QObject
{
    Q_OBJECT

private slots:
    void findsEveryFormOfImport();
    void asksForWhatStackStormHasBesidePacks();
};

void TestProvidedModules::findsEveryFormOfImport()
{
    const QSet<QString> found = importsIn("import os, yaml as y, a.b\n"
                                          "from eventlet.green import socket\n"
                                          "try:\n    import simplejson as json  # if there\n"
                                          "from .sibling import x\n"
                                          "text = 'import nothing'\n"
                                          "important = 1\n# import comment\n");
    QCOMPARE(found, (QSet<QString>{u"os"_s, u"yaml"_s, u"a"_s, u"eventlet"_s, u"simplejson"_s}));
}

void TestProvidedModules::asksForWhatStackStormHasBesidePacks()
{
    const QSet<QString> imports{u"six"_s, u"yaml"_s, u"dateutil"_s, u"os"_s, u"boto"_s};
    QCOMPARE(providedRequirements(imports, {u"pyyaml>=5"_s, u"boto"_s}),
             (QStringList{u"python-dateutil"_s, u"six"_s}));
    QVERIFY(providedRequirements({}, {}).isEmpty());
}

QTEST_GUILESS_MAIN(TestProvidedModules)
#include "tst_provided_modules.moc"

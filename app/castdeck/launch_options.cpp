#include "app/castdeck/launch_options.h"

#include <QtCore/QCommandLineParser>

namespace castdeck::app {

namespace {

struct Parser {
    QCommandLineParser parser;
    QCommandLineOption help{{QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("Show this text.")};
    QCommandLineOption version{QStringLiteral("version"), QStringLiteral("Show the version.")};
    QCommandLineOption configFolder{QStringLiteral("config-dir"),
                                    QStringLiteral("Keep the configuration in this folder."), QStringLiteral("folder")};
    QCommandLineOption port{QStringLiteral("port"), QStringLiteral("Listen on this port, or the next free one."),
                            QStringLiteral("number")};
    QCommandLineOption tour{QStringLiteral("tour"),
                            QStringLiteral("Draw every page with sample data into PNG files and end."),
                            QStringLiteral("folder")};
    QCommandLineOption size{QStringLiteral("size"),
                            QStringLiteral("Size of the pictures of --tour, in place of 1280x800 and 960x600."),
                            QStringLiteral("WxH")};
    QCommandLineOption only{QStringLiteral("only"), QStringLiteral("Draw these pictures of --tour only."),
                            QStringLiteral("name,name")};

    Parser()
    {
        parser.setApplicationDescription(
            QStringLiteral("A desktop console with a Pusher-compatible broadcasting server inside."));
        parser.addOptions({help, version, configFolder, port, tour, size, only});
    }
};

QSize sizeOf(const QString& text)
{
    const QStringList parts = text.split(u'x');
    return parts.size() == 2 ? QSize{parts[0].toInt(), parts[1].toInt()} : QSize{};
}

} // namespace

LaunchOptions parseArguments(const QStringList& arguments)
{
    Parser all;
    LaunchOptions options;
    if (!all.parser.parse(arguments)) {
        options.mistake = all.parser.errorText();
        return options;
    }
    options.wantsHelp = all.parser.isSet(all.help);
    options.wantsVersion = all.parser.isSet(all.version);
    options.configFolder = all.parser.value(all.configFolder);
    options.tourFolder = all.parser.value(all.tour);
    options.scenes = all.parser.value(all.only).split(u',', Qt::SkipEmptyParts);
    if (all.parser.isSet(all.size))
        options.sizes = {sizeOf(all.parser.value(all.size))};
    const QSize size = options.sizes.front();
    if (size.width() < 320 || size.height() < 240 || size.width() > 8'000 || size.height() > 8'000)
        options.mistake = QStringLiteral("--size wants a width and a height such as 1280x800.");
    if (all.parser.isSet(all.port)) {
        bool isNumber = false;
        const uint port = all.parser.value(all.port).toUInt(&isNumber);
        if (!isNumber || port > 65'535)
            options.mistake = QStringLiteral("--port wants a number from 0 to 65535.");
        options.port = static_cast<std::uint16_t>(port);
    }
    if (!all.parser.positionalArguments().isEmpty())
        options.mistake = QStringLiteral("Unexpected argument: %1.").arg(all.parser.positionalArguments().constFirst());
    return options;
}

QString helpText()
{
    QString text = QStringLiteral("Usage: castdeck [options]\n"
                                  "A desktop console with a Pusher-compatible broadcasting server inside.\n\n");
    const Parser all;
    for (const QCommandLineOption& option :
         {all.configFolder, all.port, all.tour, all.size, all.only, all.help, all.version}) {
        QString name = QStringLiteral("--") + option.names().constLast();
        if (!option.valueName().isEmpty())
            name += u' ' + option.valueName();
        text += QStringLiteral("  %1%2\n").arg(name, -22).arg(option.description());
    }
    return text;
}

} // namespace castdeck::app

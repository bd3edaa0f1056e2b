#include "ui/models/remote_words.h"

#include "ui/models/report_words.h"
#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>

namespace castdeck::ui {

namespace {

using broadcast::Code;
using broadcast::Failure;

QString translated(const char* text)
{
    return QCoreApplication::translate("Remote", text);
}

enum class Kind { NotSupported, Refused, NotReached, Unusable, Other };

Kind kindOf(Code code)
{
    switch (code) {
    case Code::NotSupported: return Kind::NotSupported;
    case Code::Unauthorized:
    case Code::Forbidden: return Kind::Refused;
    case Code::Unreachable:
    case Code::Timeout:
    case Code::Tls: return Kind::NotReached;
    case Code::NoDefault:
    case Code::UnknownConnection:
    case Code::NoDriver:
    case Code::BadDriver:
    case Code::UnknownDriver:
    case Code::BadOption: return Kind::Unusable;
    default: return Kind::Other;
    }
}

/// "not supported"; with the number for drivers that ask over HTTP.
QString codeWords(Code code, std::string_view driver)
{
    const bool isHttp = driver == "pusher" || driver == "reverb" || driver == "centrifugo";
    QString words = toQt(toText(code)).replace(QLatin1Char{'_'}, QLatin1Char{' '});
    if (isHttp && code == Code::Unauthorized)
        words.prepend(QStringLiteral("401 "));
    else if (isHttp && code == Code::Forbidden)
        words.prepend(QStringLiteral("403 "));
    return words;
}

QString adviceHere(Code code)
{
    // Nothing is delivered by a question.
    return code == Code::Timeout || code == Code::Forbidden ? QString{} : adviceFor(code);
}

/// `question` has a place for the connection.
QString sentenceFor(const QString& question, const std::string& connection, std::string_view driver,
                    const Failure& failure)
{
    constexpr std::size_t shownBytes = 200;
    QString text = shownText(failure.text, shownBytes);
    if (kindOf(failure.code) != Kind::Unusable)
        text = translated(QT_TRANSLATE_NOOP("Remote", "%1 What came back: %2 (%3)."))
                   .arg(question.arg(shownText(connection, 64)), codeWords(failure.code, driver), text);
    else if (!text.endsWith(QLatin1Char{'.'}))
        text += QLatin1Char{'.'};
    const QString advice = adviceHere(failure.code);
    return advice.isEmpty() ? text : text + QLatin1Char{' '} + advice;
}

/// A server that was asked and has no such call; with other drivers nobody was asked.
bool lacksTheCall(std::string_view driver, const Failure& failure)
{
    return failure.code == Code::NotSupported && (driver == "pusher" || driver == "reverb");
}

QString lackingSentence(const Failure& failure)
{
    return translated(QT_TRANSLATE_NOOP("Remote",
                                        "%1. Either this server does not offer that, or the app id or the path "
                                        "of the connection is another."))
        .arg(shownText(failure.text, 200));
}

} // namespace

RemoteWords channelsWords(const std::string& connection, std::string_view driver, const Failure& failure)
{
    const QString sentence =
        sentenceFor(translated(QT_TRANSLATE_NOOP("Remote", "Asked %1 for its channels.")), connection, driver, failure);
    if (lacksTheCall(driver, failure))
        return {translated(QT_TRANSLATE_NOOP("Remote", "This server does not list channels")),
                lackingSentence(failure)};
    switch (kindOf(failure.code)) {
    case Kind::NotSupported:
        return {translated(QT_TRANSLATE_NOOP("Remote", "This connection does not list channels")), sentence};
    case Kind::Refused:
        return {translated(QT_TRANSLATE_NOOP("Remote", "This connection may not list channels")), sentence};
    case Kind::NotReached: return {translated(QT_TRANSLATE_NOOP("Remote", "The server cannot be reached")), sentence};
    case Kind::Unusable: return {translated(QT_TRANSLATE_NOOP("Remote", "This connection cannot be used")), sentence};
    case Kind::Other: break;
    }
    return {translated(QT_TRANSLATE_NOOP("Remote", "The server did not list its channels")), sentence};
}

RemoteWords membersWords(const std::string& connection, std::string_view driver, const std::string& channel,
                         const Failure& failure)
{
    const QString question = translated(QT_TRANSLATE_NOOP("Remote", "Asked %2 who is in %1."))
                                 .arg(shownText(channel, 64), QStringLiteral("%1"));
    const QString sentence = sentenceFor(question, connection, driver, failure);
    if (lacksTheCall(driver, failure))
        return {translated(QT_TRANSLATE_NOOP("Remote", "This server does not list members")), lackingSentence(failure)};
    switch (kindOf(failure.code)) {
    case Kind::NotSupported:
        // Its error 108 and nothing else becomes "not supported" there.
        return {driver == "centrifugo"
                    ? translated(QT_TRANSLATE_NOOP("Remote", "Presence is off for this namespace"))
                    : translated(QT_TRANSLATE_NOOP("Remote", "This connection does not list members")),
                sentence};
    case Kind::Refused:
        return {translated(QT_TRANSLATE_NOOP("Remote", "This connection may not list members")), sentence};
    case Kind::NotReached: return {translated(QT_TRANSLATE_NOOP("Remote", "The server cannot be reached")), sentence};
    case Kind::Unusable: return {translated(QT_TRANSLATE_NOOP("Remote", "This connection cannot be used")), sentence};
    case Kind::Other: break;
    }
    return {translated(QT_TRANSLATE_NOOP("Remote", "The server did not list the members")), sentence};
}

} // namespace castdeck::ui

#include "ui/models/doctor_words.h"

#include "ui/text/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <cstdlib>

namespace castdeck::ui {

using remote::DoctorFault;
using remote::DoctorFinding;
using remote::DoctorOutcome;
using remote::DoctorStep;

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("Doctor", text);
}

/// lupdate looks for the macro of Qt behind it.
#define WORDS(text) translated(QT_TRANSLATE_NOOP("Doctor", text))

QString addressOf(const Profile& profile)
{
    return QStringLiteral("%1:%2").arg(profile.host).arg(profile.port);
}

/// "The server says: …", where it said something.
QString withSaid(const QString& sentence, const DoctorFinding& finding)
{
    const QString said = shownText(finding.said, 160);
    return said.isEmpty() ? sentence : WORDS("%1 It says: %2").arg(sentence, said);
}

QString withStatus(const QString& sentence, const DoctorFinding& finding)
{
    return finding.code == 0 ? sentence : WORDS("%1 (%2)").arg(sentence, QString::number(finding.code));
}

QString clockWords(const DoctorFinding& finding)
{
    if (!finding.clockAhead)
        return WORDS("The server finds the time of the request too far from its own.");
    const auto minutes = (std::abs(finding.clockAhead->count()) + 30) / 60;
    return (finding.clockAhead->count() > 0 ? WORDS("The clock of this computer is %1 minutes ahead of the server's.")
                                            : WORDS("The clock of this computer is %1 minutes behind the server's."))
        .arg(minutes);
}

QString certificateWords(const DoctorFinding& finding)
{
    if (!finding.certificate)
        return WORDS("The certificate of the server is not trusted.");
    const remote::CertificateFacts& facts = *finding.certificate;
    QString reason = shownText(toStd(facts.faults.value(0)), 160);
    while (reason.endsWith(QLatin1Char{'.'}))
        reason.chop(1);
    return WORDS("The certificate of %1, issued by %2, valid until %3, is not trusted: %4.")
        .arg(shownText(toStd(facts.subject), 64), shownText(toStd(facts.issuer), 64),
             QLocale{}.toString(facts.to.date(), QLocale::ShortFormat), reason);
}

DoctorWords nameWords(const DoctorFinding& finding, const Profile& profile)
{
    if (finding.fault == DoctorFault::NameTimeout)
        return {WORDS("Nobody answered what address %1 has.").arg(profile.host),
                WORDS("Check the network of this computer and its name server."), DoctorRemedy::EditAddress,
                WORDS("Edit the host")};
    return {WORDS("There is no host named %1.").arg(profile.host),
            WORDS("Check the spelling, and whether the name is known outside of your company's network."),
            DoctorRemedy::EditAddress, WORDS("Edit the host")};
}

DoctorWords portWords(const DoctorFinding& finding, const Profile& profile)
{
    const QString edit = WORDS("Edit the port");
    switch (finding.fault) {
    case DoctorFault::PortRefused:
        return {WORDS("Nothing listens on %1.").arg(addressOf(profile)),
                WORDS("Start the server, or correct the port; Reverb uses 8080, soketi 6001."), DoctorRemedy::EditPort,
                edit};
    case DoctorFault::PortTimeout:
        return {WORDS("%1 does not answer.").arg(addressOf(profile)),
                WORDS("A firewall may drop the packets: allow the port, or correct host and port."),
                DoctorRemedy::EditPort, edit};
    default:
        return {withSaid(WORDS("%1 cannot be reached.").arg(addressOf(profile)), finding),
                WORDS("Check the network of this computer, and a VPN that the server may need."),
                DoctorRemedy::EditPort, edit};
    }
}

DoctorWords tlsWords(const DoctorFinding& finding, const Profile& profile)
{
    switch (finding.fault) {
    case DoctorFault::UntrustedCertificate:
        return {
            certificateWords(finding),
            WORDS("If this is the server that you expect, trust this one certificate; else find out who answers here."),
            DoctorRemedy::TrustCertificate, WORDS("Trust this certificate for this profile")};
    case DoctorFault::PlainOnTlsPort:
        return {WORDS("%1 speaks plain HTTP, not TLS.").arg(addressOf(profile)),
                WORDS("Use http for this port, or the port that has TLS."), DoctorRemedy::UsePlainHttp,
                WORDS("Use http")};
    default:
        return {withSaid(WORDS("%1 did not complete the TLS handshake.").arg(addressOf(profile)), finding),
                WORDS("Check that this port has TLS; a server on this computer usually has not."),
                DoctorRemedy::UsePlainHttp, WORDS("Use http")};
    }
}

DoctorWords httpWords(const DoctorFinding& finding, const Profile& profile)
{
    switch (finding.fault) {
    case DoctorFault::TlsOnPlainPort:
        return {WORDS("%1 expects TLS and got plain HTTP.").arg(addressOf(profile)), WORDS("Use https for this port."),
                DoctorRemedy::UseTls, WORDS("Use https")};
    case DoctorFault::ForeignPage:
        return {withStatus(WORDS("A web page answers instead of the server."), finding),
                WORDS("A proxy or a login page stands in between, or this is the address of the web site: use the "
                      "server's own."),
                DoctorRemedy::EditAddress, WORDS("Edit the address")};
    case DoctorFault::Redirected:
        return {
            withSaid(withStatus(WORDS("The server sends everybody elsewhere."), finding), finding),
            finding.said.starts_with("https:") && profile.scheme == QLatin1String{"http"}
                ? WORDS("Use https, or the address to which it points.")
                : WORDS("Use the address to which it points."),
            finding.said.starts_with("https:") && profile.scheme == QLatin1String{"http"} ? DoctorRemedy::UseTls
                                                                                          : DoctorRemedy::EditAddress,
            finding.said.starts_with("https:") && profile.scheme == QLatin1String{"http"} ? WORDS("Use https")
                                                                                          : WORDS("Edit the address")};
    case DoctorFault::GatewayDown:
        return {withStatus(WORDS("A proxy answers, but the server behind it does not."), finding),
                WORDS("Start the server, and check where the proxy sends its requests."), DoctorRemedy::CheckAgain,
                WORDS("Check again")};
    case DoctorFault::HttpTimeout:
        return {WORDS("%1 takes the connection and says nothing.").arg(addressOf(profile)),
                WORDS("Check that this is the port of the server, and that it is not stuck."), DoctorRemedy::EditPort,
                WORDS("Edit the port")};
    default:
        return {withSaid(WORDS("What answers on %1 is no HTTP.").arg(addressOf(profile)), finding),
                WORDS("Another program uses this port: correct it."), DoctorRemedy::EditAddress,
                WORDS("Edit the port")};
    }
}

DoctorWords pathWords(const DoctorFinding& finding, const Profile& profile)
{
    const QString path = QStringLiteral("%1/apps/%2/channels").arg(profile.path, profile.appId);
    const QString sentence = WORDS("Nothing of the protocol is at %1 (%2).").arg(path, QString::number(finding.code));
    if (finding.betterPath && finding.betterPath->empty())
        return {sentence, WORDS("Without the path %1 the server does answer.").arg(profile.path),
                DoctorRemedy::ChangePath, WORDS("Leave the path out")};
    if (finding.betterPath)
        return {sentence, WORDS("Behind the path %1 the server does answer.").arg(toQt(*finding.betterPath)),
                DoctorRemedy::ChangePath, WORDS("Use the path %1").arg(toQt(*finding.betterPath))};
    return {sentence, WORDS("If the server stands behind a path such as /reverb, enter it; else check host and port."),
            DoctorRemedy::ChangePath, WORDS("Edit the path")};
}

DoctorWords socketWords(const DoctorFinding& finding, const Profile& profile)
{
    switch (finding.fault) {
    case DoctorFault::UnknownKey:
        return {withSaid(WORDS("No application has this key (4001)."), finding),
                WORDS("Copy the key again, and check that it belongs to this server or cluster."),
                DoctorRemedy::EditKey, WORDS("Edit the key")};
    case DoctorFault::AppDisabled:
        return {withSaid(WORDS("The application is disabled (4003)."), finding), WORDS("Enable it on the server."),
                DoctorRemedy::CheckAgain, WORDS("Check again")};
    case DoctorFault::OverQuota:
        return {withSaid(WORDS("The application has as many connections as it may have (4004)."), finding),
                WORDS("Close some, or raise the limit on the server."), DoctorRemedy::CheckAgain, WORDS("Check again")};
    case DoctorFault::ServerFull:
        return {withSaid(WORDS("The server takes no more connections at the moment (4100)."), finding),
                WORDS("Try again in a minute."), DoctorRemedy::CheckAgain, WORDS("Check again")};
    case DoctorFault::TlsRequired:
        return {withSaid(WORDS("The application wants TLS (4000)."), finding), WORDS("Use https."),
                DoctorRemedy::UseTls, WORDS("Use https")};
    case DoctorFault::WrongPath:
        return {withStatus(WORDS("There is no WebSocket at %1/app/….").arg(profile.path), finding),
                WORDS("Check the path, and that the proxy passes WebSockets on."), DoctorRemedy::ChangePath,
                WORDS("Edit the path")};
    case DoctorFault::NoGreeting:
        return {WORDS("The WebSocket opens, but the server does not greet."),
                WORDS("Check that this is a server of the Pusher protocol."), DoctorRemedy::EditAddress,
                WORDS("Edit the address")};
    default:
        return {withSaid(withStatus(WORDS("The WebSocket was refused."), finding), finding),
                WORDS("Check that the proxy in front of the server passes WebSockets on."), DoctorRemedy::CheckAgain,
                WORDS("Check again")};
    }
}

DoctorWords laterWords(const DoctorFinding& finding, const Profile& profile)
{
    switch (finding.fault) {
    case DoctorFault::OriginRefused:
        return {profile.origin.isEmpty()
                    ? withSaid(withStatus(WORDS("The server refuses clients that name no origin."), finding), finding)
                    : withSaid(withStatus(WORDS("The server refuses the origin %1.").arg(profile.origin), finding),
                               finding),
                WORDS("Enter an origin that the server allows, or allow this one there."), DoctorRemedy::EditOrigin,
                WORDS("Edit the origin")};
    case DoctorFault::ProtocolRefused:
        return {withSaid(withStatus(WORDS("The server does not speak version 7 of the protocol."), finding), finding),
                WORDS("Update the server."), DoctorRemedy::CheckAgain, WORDS("Check again")};
    case DoctorFault::WrongSecret:
        return {withSaid(WORDS("The server refuses our signature (%1).").arg(finding.code), finding),
                WORDS("The secret does not belong to this key: copy it again, without blanks."),
                DoctorRemedy::EditSecret, WORDS("Edit the secret")};
    case DoctorFault::ClockOff:
        return {clockWords(finding), WORDS("Set the clock, best by network time: signatures are good for 10 minutes."),
                DoctorRemedy::CheckAgain, WORDS("Check again")};
    case DoctorFault::UnknownApp:
        return {withSaid(WORDS("No application has the id %1 (404).").arg(profile.appId), finding),
                WORDS("Copy the app id again; it is not the key."), DoctorRemedy::EditKey, WORDS("Edit the app id")};
    case DoctorFault::SubscriptionRefused:
        return {withSaid(WORDS("The server refuses a private channel that we signed."), finding),
                WORDS("The secret does not belong to this key: copy it again, without blanks."),
                DoctorRemedy::EditSecret, WORDS("Edit the secret")};
    case DoctorFault::EventRefused:
        return {withSaid(withStatus(WORDS("The server refuses to send an event."), finding), finding),
                WORDS("Check what this application may do on the server."), DoctorRemedy::CheckAgain,
                WORDS("Check again")};
    case DoctorFault::EventLost:
        return {WORDS("The server accepted an event, and it did not arrive."),
                WORDS("Check that HTTP and WebSocket reach the same server, and how its nodes are joined."),
                DoctorRemedy::CheckAgain, WORDS("Check again")};
    default:
        return {
            withSaid(withStatus(WORDS("The server did not answer a signed request as it should."), finding), finding),
            WORDS("Look into the log of the server."), DoctorRemedy::CheckAgain, WORDS("Check again")};
    }
}

} // namespace

QString nameOf(DoctorStep step)
{
    switch (step) {
    case DoctorStep::Name: return WORDS("Name");
    case DoctorStep::Port: return WORDS("Port");
    case DoctorStep::Tls: return WORDS("TLS");
    case DoctorStep::Http: return WORDS("HTTP");
    case DoctorStep::Path: return WORDS("Path");
    case DoctorStep::Socket: return WORDS("WebSocket");
    case DoctorStep::Protocol: return WORDS("Protocol, origin");
    case DoctorStep::Signature: return WORDS("Signed request");
    case DoctorStep::Echo: return WORDS("Round trip");
    }
    return {};
}

QString questionOf(DoctorStep step)
{
    switch (step) {
    case DoctorStep::Name: return WORDS("the host has an address");
    case DoctorStep::Port: return WORDS("something listens there");
    case DoctorStep::Tls: return WORDS("the certificate is trusted");
    case DoctorStep::Http: return WORDS("a server answers, no web page");
    case DoctorStep::Path: return WORDS("the protocol is at this path");
    case DoctorStep::Socket: return WORDS("the key is known");
    case DoctorStep::Protocol: return WORDS("this client is welcome");
    case DoctorStep::Signature: return WORDS("secret and clock are right");
    case DoctorStep::Echo: return WORDS("an event comes back");
    }
    return {};
}

QString remarkOf(const DoctorFinding& finding)
{
    if (finding.outcome == DoctorOutcome::Skipped)
        return WORDS("not used: plain HTTP");
    if (finding.step == DoctorStep::Tls && finding.certificate) {
        const QString issuer = shownText(toStd(finding.certificate->issuer), 40);
        return finding.certificate->faults.isEmpty()
                   ? WORDS("%1, issued by %2").arg(shownText(finding.remark, 40), issuer)
                   : WORDS("%1, trusted by you").arg(shownText(finding.remark, 40));
    }
    if (finding.step == DoctorStep::Http && finding.remark.empty())
        return WORDS("a server answers");
    if (finding.step == DoctorStep::Path)
        return finding.remark.empty() ? WORDS("none needed") : shownText(finding.remark, 60);
    if (finding.step == DoctorStep::Signature && finding.remark.empty())
        return WORDS("the secret is right");
    if (finding.step == DoctorStep::Echo)
        return finding.remark.empty() ? WORDS("an event came back") : WORDS("subscribed; nothing sent");
    return shownText(finding.remark, 60);
}

DoctorWords wordsFor(const DoctorFinding& finding, const Profile& profile)
{
    if (finding.fault == DoctorFault::None)
        return {};
    switch (finding.step) {
    case DoctorStep::Name: return nameWords(finding, profile);
    case DoctorStep::Port: return portWords(finding, profile);
    case DoctorStep::Tls: return tlsWords(finding, profile);
    case DoctorStep::Http: return httpWords(finding, profile);
    case DoctorStep::Path: return pathWords(finding, profile);
    case DoctorStep::Socket: return socketWords(finding, profile);
    case DoctorStep::Protocol:
    case DoctorStep::Signature:
    case DoctorStep::Echo: break;
    }
    return laterWords(finding, profile);
}

} // namespace castdeck::ui

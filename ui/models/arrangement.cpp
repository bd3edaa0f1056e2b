#include "ui/models/arrangement.h"

#include <QtCore/QCoreApplication>

namespace castdeck::ui {

QString wordOf(Arrangement arrangement)
{
    switch (arrangement) {
    case Arrangement::Operator: return QCoreApplication::translate("Arrangement", "Operator");
    case Arrangement::Developer: return QCoreApplication::translate("Arrangement", "Developer");
    case Arrangement::Presenter: return QCoreApplication::translate("Arrangement", "Presenter");
    }
    return {};
}

QString meaningOf(Arrangement arrangement)
{
    switch (arrangement) {
    case Arrangement::Operator:
        return QCoreApplication::translate("Arrangement", "Opens on Send, with the last rows of the log below.");
    case Arrangement::Developer: return QCoreApplication::translate("Arrangement", "Opens on the live log.");
    case Arrangement::Presenter:
        return QCoreApplication::translate("Arrangement", "Large type and icons only, for showing it to others.");
    }
    return {};
}

QString keyOf(Arrangement arrangement)
{
    switch (arrangement) {
    case Arrangement::Operator: return QStringLiteral("operator");
    case Arrangement::Developer: return QStringLiteral("developer");
    case Arrangement::Presenter: return QStringLiteral("presenter");
    }
    return {};
}

std::optional<Arrangement> arrangementOf(const QString& key)
{
    for (const Arrangement arrangement : arrangements) {
        if (keyOf(arrangement) == key)
            return arrangement;
    }
    return std::nullopt;
}

} // namespace castdeck::ui

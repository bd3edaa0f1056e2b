#include "ui/widgets/environment_strip.h"

#include "ui/models/profile_words.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"

#include <QtGui/QPainter>

namespace castdeck::ui {

namespace {

constexpr int lineHeight = 4;
constexpr int productionHeight = 20;

} // namespace

EnvironmentStrip::EnvironmentStrip(QWidget* parent) : QLabel{parent}
{
    setObjectName(QStringLiteral("strip.environment"));
    setTextFormat(Qt::PlainText);
    setFixedHeight(lineHeight);
}

void EnvironmentStrip::showProfile(const Profile& profile)
{
    m_color = profile.color;
    m_isProduction = profile.isProduction;
    setText(m_isProduction ? tr("PRODUCTION  %1").arg(profile.name) : QString{});
    setAccessibleName(m_isProduction ? text() : tr("Profile %1, %2").arg(profile.name, wordOf(m_color)));
    setToolTip(m_isProduction ? tr("Production") : wordOf(m_color));
    setFixedHeight(m_isProduction ? productionHeight : lineHeight);
    update();
}

void EnvironmentStrip::paintEvent(QPaintEvent*)
{
    const Colors& colors = Theme::colors();
    QPainter painter{this};
    painter.fillRect(rect(), m_isProduction ? colors.dangerFill : colors.tone(toneOf(m_color)));
    if (!m_isProduction)
        return;
    painter.setFont(bodyFont(metrics::smallText, QFont::Bold));
    painter.setPen(colors.onAccent);
    painter.drawText(rect(), Qt::AlignCenter, text());
}

} // namespace castdeck::ui

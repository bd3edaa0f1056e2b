#include "ui/frame/window_layout.h"

#include "ui/pages/composer_dock.h"
#include "ui/theme/curtain.h"
#include "ui/theme/metrics.h"
#include "ui/workspace.h"

#include <algorithm>

namespace castdeck::ui {

namespace {

constexpr int presenterZoom = 130;
const QString inspectorKey = QStringLiteral("inspector");
const QString inspectorWidthKey = QStringLiteral("inspectorWidth");
const QString composerKey = QStringLiteral("composer");
const QString composerFloatsKey = QStringLiteral("composerFloats");
const QString composerHeightKey = QStringLiteral("composerHeight");
const QString iconsOnlyKey = QStringLiteral("iconsOnly");

} // namespace

WindowLayout::WindowLayout(Theme& theme, Documents& documents, QObject* parent)
    : QObject{parent}
    , m_theme{theme}
    , m_memory{documents}
    , m_arrangement{m_memory.arrangement().value_or(Arrangement::Developer)}
{
    connect(&m_theme, &Theme::changed, this, &WindowLayout::keepZoom);
    enter();
    restore();
}

void WindowLayout::choose(Arrangement arrangement)
{
    if (m_arrangement == Arrangement::Presenter && arrangement != m_arrangement)
        Curtain::instance().setDrawn(false);
    m_arrangement = arrangement;
    m_memory.setArrangement(arrangement);
    enter();
    restore();
}

void WindowLayout::enter()
{
    const bool isPresenter = m_arrangement == Arrangement::Presenter;
    m_theme.setZoom(isPresenter ? std::max(presenterZoom, m_memory.zoom()) : m_memory.zoom());
    if (isPresenter)
        Curtain::instance().setDrawn(true);
}

void WindowLayout::keepZoom()
{
    if (m_arrangement != Arrangement::Presenter)
        m_memory.setZoom(m_theme.zoom());
}

void WindowLayout::keep(const Workspace& shown)
{
    const ComposerDock::Place& composer = shown.composerDock()->place();
    m_memory.setLayout(m_arrangement, {{inspectorKey, shown.wantsInspector()},
                                       {inspectorWidthKey, shown.inspectorWidth()},
                                       {composerKey, composer.isWanted},
                                       {composerFloatsKey, composer.isFloating},
                                       {composerHeightKey, composer.height},
                                       {iconsOnlyKey, m_wantsIconsOnly}});
}

void WindowLayout::restore()
{
    m_layout = m_memory.layout(m_arrangement);
    m_wantsIconsOnly = m_layout.value(iconsOnlyKey).toBool(m_arrangement == Arrangement::Presenter);
}

void WindowLayout::apply(Workspace& workspace) const
{
    const bool isDeveloper = m_arrangement == Arrangement::Developer;
    workspace.composerDock()->setPlace({.isWanted = m_layout.value(composerKey).toBool(isDeveloper),
                                        .isFloating = m_layout.value(composerFloatsKey).toBool(),
                                        .height = m_layout.value(composerHeightKey).toInt(ComposerDock::usualHeight)});
    workspace.setInspectorWidth(m_layout.value(inspectorWidthKey).toInt(zoomed(Workspace::usualInspectorWidth)));
    workspace.setInspectorWanted(m_layout.value(inspectorKey).toBool(isDeveloper));
}

void WindowLayout::reset()
{
    m_memory.setLayout(m_arrangement, {});
    restore();
}

} // namespace castdeck::ui

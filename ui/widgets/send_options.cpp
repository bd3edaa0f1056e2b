#include "ui/widgets/send_options.h"

#include "core/pusher/channel_name.h"
#include "core/pusher/socket_id.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace castdeck::ui {

namespace {

constexpr int labelWidth = 84;
constexpr int maxOffered = 500;

QComboBox* makePicker(const QString& name, const QString& accessibleName, const QString& placeholder)
{
    auto* picker = new QComboBox;
    picker->setObjectName(name);
    picker->setAccessibleName(accessibleName);
    picker->setEditable(true);
    picker->setInsertPolicy(QComboBox::NoInsert);
    picker->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    picker->setMinimumContentsLength(16);
    picker->lineEdit()->setPlaceholderText(placeholder);
    picker->lineEdit()->setAccessibleName(accessibleName);
    picker->lineEdit()->setStyleSheet(
        QStringLiteral("QLineEdit { border: none; background: transparent; padding: 0; min-height: 0; }"));
    return picker;
}

QLabel* makeRowLabel(const QString& text)
{
    QLabel* label = makeLabel(text, TextKind::Label);
    label->setFixedWidth(labelWidth);
    return label;
}

QString socketWords(const engine::ConnectionSnapshot& connection)
{
    QStringList words{toQt(connection.socketId)};
    for (const std::string& word : {connection.userId, connection.client}) {
        if (!word.empty())
            words << shownText(word, 40);
    }
    return words.join(QStringLiteral("   "));
}

} // namespace

SendOptions::SendOptions(QWidget* parent)
    : QWidget{parent}
    , m_exclude{makePicker(QStringLiteral("composer.exclude"), tr("Leave out"), tr("Nobody; a socket such as 123.456"))}
    , m_user{makePicker(QStringLiteral("composer.user"), tr("To a user"), tr("The id of a signed-in user"))}
    , m_userHint{makeLabel({}, TextKind::Hint)}
    , m_encryptionHead{makeRowLabel(tr("Encryption"))}
    , m_encryption{makeLabel({}, TextKind::Hint)}
    , m_counts{new QCheckBox{tr("Ask how many subscribers each channel has")}}
    , m_batch{makeLabel({}, TextKind::Hint)}
    , m_clearBatch{makeButton(QStringLiteral("composer.batch.clear"), tr("Clear batch"), {}, ButtonKind::Small)}
{
    setObjectName(QStringLiteral("composer.options"));
    QPushButton* addUserButton =
        makeButton(QStringLiteral("composer.user.add"), tr("Add to channels"), {}, ButtonKind::Small);
    QPushButton* addBatch = makeButton(QStringLiteral("composer.batch.add"), tr("Add to batch"), {}, ButtonKind::Small);
    m_encryption->setWordWrap(true);
    m_batch->setWordWrap(true);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, metrics::small, 0, 0);
    layout->setSpacing(6);
    const auto addRow = [layout](QLabel* head, std::initializer_list<QWidget*> parts) {
        auto* row = new QWidget;
        auto* columns = new QHBoxLayout{row};
        columns->setContentsMargins(0, 0, 0, 0);
        columns->setSpacing(metrics::small);
        columns->addWidget(head);
        for (QWidget* part : parts)
            columns->addWidget(part, part == *parts.begin() ? 1 : 0);
        row->setMinimumHeight(metrics::control);
        layout->addWidget(row);
    };
    addRow(makeRowLabel(tr("Leave out")), {m_exclude});
    addRow(makeRowLabel(tr("To a user")), {m_user, addUserButton});
    addRow(makeRowLabel(tr("Batch")), {m_batch, addBatch, m_clearBatch});
    addRow(makeRowLabel(tr("Counts")), {m_counts});
    addRow(m_encryptionHead, {m_encryption});
    m_encryptionRow = m_encryption->parentWidget();
    m_countsRow = m_counts->parentWidget();
    m_counts->setObjectName(QStringLiteral("composer.info"));
    m_counts->setAccessibleName(m_counts->text());
    m_counts->setToolTip(tr("The receipt shows what the server answers; not every server tells"));
    setCountsOffered(false);
    setEncryption({});
    setBatchCount(0);
    connect(m_exclude, &QComboBox::editTextChanged, this, &SendOptions::changed);
    connect(m_exclude, &QComboBox::activated, this,
            [this](int index) { m_exclude->setEditText(m_exclude->itemData(index).toString()); });
    connect(m_counts, &QCheckBox::toggled, this, &SendOptions::changed);
    connect(m_user->lineEdit(), &QLineEdit::returnPressed, this, &SendOptions::addUser);
    connect(addUserButton, &QPushButton::clicked, this, &SendOptions::addUser);
    connect(addBatch, &QPushButton::clicked, this, &SendOptions::batchRequested);
    connect(static_cast<QPushButton*>(m_clearBatch), &QPushButton::clicked, this, &SendOptions::batchCleared);
}

std::string SendOptions::excludeSocketId() const
{
    return toStd(m_exclude->currentText().trimmed());
}

void SendOptions::setExcludeSocketId(const QString& socketId)
{
    m_exclude->setEditText(socketId);
}

void SendOptions::showSockets(const std::shared_ptr<const engine::Snapshot>& snapshot, const std::string& appId)
{
    m_snapshot = snapshot;
    m_appId = appId;
    if (isVisible())
        fillSockets();
}

void SendOptions::showEvent(QShowEvent* event)
{
    fillSockets();
    QWidget::showEvent(event);
}

void SendOptions::fillSockets()
{
    if (m_exclude->view()->isVisible() || m_user->view()->isVisible())
        return; // Somebody is choosing.
    const QString exclude = m_exclude->currentText();
    const QString user = m_user->currentText();
    const QSignalBlocker excludeBlocker{m_exclude};
    const QSignalBlocker userBlocker{m_user};
    m_exclude->clear();
    m_user->clear();
    for (const engine::ConnectionSnapshot& each :
         m_snapshot ? m_snapshot->connections : std::vector<engine::ConnectionSnapshot>{}) {
        if (each.appId != m_appId || m_exclude->count() >= maxOffered)
            continue;
        m_exclude->addItem(socketWords(each), toQt(each.socketId));
        if (!each.userId.empty() && m_user->findText(toQt(each.userId)) < 0)
            m_user->addItem(toQt(each.userId));
    }
    m_exclude->setEditText(exclude);
    m_user->setEditText(user);
}

void SendOptions::addUser()
{
    const QString user = m_user->currentText().trimmed();
    if (user.isEmpty())
        return;
    Q_EMIT channelWanted(toQt(pusher::serverToUserPrefix) + user);
    m_user->setEditText({});
}

void SendOptions::setEncryption(const QString& sentence)
{
    m_encryption->setText(sentence);
    m_encryptionRow->setVisible(!sentence.isEmpty());
}

void SendOptions::setBatchCount(std::size_t count)
{
    m_batchCount = count;
    m_batch->setText(count == 0   ? tr("Several messages can be sent together, in order.")
                     : count == 1 ? tr("1 message waits; Send sends it together with this one.")
                                  : tr("%1 messages wait; Send sends them together with this one.").arg(count));
    m_clearBatch->setVisible(count > 0);
    Q_EMIT changed();
}

bool SendOptions::wantsCounts() const
{
    return m_counts->isChecked() && !m_countsRow->isHidden();
}

void SendOptions::setCountsOffered(bool isOffered)
{
    m_countsRow->setVisible(isOffered);
    Q_EMIT changed();
}

QString SendOptions::summary() const
{
    QStringList parts;
    if (const std::string socket = excludeSocketId(); !socket.empty())
        parts << tr("leaves out %1").arg(shownText(socket, 40));
    if (wantsCounts())
        parts << tr("asks for counts");
    if (m_batchCount > 0)
        parts << tr("batch of %1").arg(m_batchCount + 1);
    return parts.join(QStringLiteral(", "));
}

} // namespace castdeck::ui

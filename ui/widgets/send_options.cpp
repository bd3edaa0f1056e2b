#include "ui/widgets/send_options.h"

#include "core/pusher/channel_name.h"
#include "core/pusher/socket_id.h"
#include "ui/text/shown_text.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/controls.h"

#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

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
    label->setMinimumWidth(labelWidth);
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
    , m_batch{makeLabel({}, TextKind::Hint)}
    , m_clearBatch{makeButton(QStringLiteral("composer.batch.clear"), tr("Clear batch"), {}, ButtonKind::Small)}
{
    setObjectName(QStringLiteral("composer.options"));
    QPushButton* addUserButton =
        makeButton(QStringLiteral("composer.user.add"), tr("Add to channels"), {}, ButtonKind::Small);
    QPushButton* addBatch = makeButton(QStringLiteral("composer.batch.add"), tr("Add to batch"), {}, ButtonKind::Small);
    m_encryption->setWordWrap(true);
    m_batch->setWordWrap(true);
    auto* grid = new QGridLayout{this};
    grid->setContentsMargins(0, metrics::small, 0, 0);
    grid->setHorizontalSpacing(metrics::small);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    for (const int row : {0, 1, 2})
        grid->setRowMinimumHeight(row, metrics::control);
    grid->addWidget(makeRowLabel(tr("Leave out")), 0, 0);
    grid->addWidget(m_exclude, 0, 1, 1, 3);
    grid->addWidget(makeRowLabel(tr("To a user")), 1, 0);
    grid->addWidget(m_user, 1, 1);
    grid->addWidget(addUserButton, 1, 2, 1, 2);
    grid->addWidget(makeRowLabel(tr("Batch")), 2, 0);
    grid->addWidget(m_batch, 2, 1);
    grid->addWidget(addBatch, 2, 2);
    grid->addWidget(m_clearBatch, 2, 3);
    grid->addWidget(m_encryptionHead, 3, 0);
    grid->addWidget(m_encryption, 3, 1, 1, 3);
    setEncryption({});
    setBatchCount(0);
    connect(m_exclude, &QComboBox::editTextChanged, this, &SendOptions::changed);
    connect(m_exclude, &QComboBox::activated, this,
            [this](int index) { m_exclude->setEditText(m_exclude->itemData(index).toString()); });
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
    m_encryption->setVisible(!sentence.isEmpty());
    m_encryptionHead->setVisible(!sentence.isEmpty());
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

QString SendOptions::summary() const
{
    QStringList parts;
    if (const std::string socket = excludeSocketId(); !socket.empty())
        parts << tr("leaves out %1").arg(shownText(socket, 40));
    if (m_batchCount > 0)
        parts << tr("batch of %1").arg(m_batchCount + 1);
    return parts.join(QStringLiteral(", "));
}

} // namespace castdeck::ui

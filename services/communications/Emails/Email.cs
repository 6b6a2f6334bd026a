using Platform.Communications.Templates;
using Platform.Data;

namespace Platform.Communications.Emails;

/// <summary>A message out. It is queued until it is sent or failed, and never changes afterwards.</summary>
internal sealed class Email : Entity
{
    private const int MaxErrorLength = 1000;

    public V1.EmailStatus Status { get; private set; } = V1.EmailStatus.Queued;

    public string To { get; private init; } = "";

    public string ToName { get; private init; } = "";

    public string Language { get; private init; } = "";

    public string Subject { get; private init; } = "";

    public string TextBody { get; private init; } = "";

    /// <summary>Empty where the message is text only.</summary>
    public string HtmlBody { get; private init; } = "";

    public string SourceType { get; private init; } = "";

    public string SourceId { get; private init; } = "";

    public int Attempts { get; private set; }

    public string LastError { get; private set; } = "";

    /// <summary>The same on every attempt, so that a receiver can drop a copy.</summary>
    public string MessageId { get; private set; } = "";

    public DateTimeOffset? NextAttemptTime { get; private set; }

    public DateTimeOffset? SendTime { get; private set; }

    public bool IsQueued => Status == V1.EmailStatus.Queued;

    public static Email Accept(V1.SendEmailRequest request, EmailContent content, string senderDomain, DateTimeOffset now)
    {
        var email = new Email
        {
            To = request.To,
            ToName = request.ToName.Trim(),
            Language = content.Language,
            Subject = content.Subject,
            TextBody = content.Text,
            HtmlBody = content.Html,
            SourceType = request.SourceType,
            SourceId = request.SourceId,
            CreateTime = now,
            UpdateTime = now,
            NextAttemptTime = now,
        };
        email.MessageId = $"<{email.Id:N}@{senderDomain}>";
        return email;
    }

    public void Sent(int attempt, DateTimeOffset now)
    {
        End(V1.EmailStatus.Sent, attempt, "", now);
        SendTime = now;
    }

    public void Failed(int attempt, string error, DateTimeOffset now) => End(V1.EmailStatus.Failed, attempt, error, now);

    public void Postponed(int attempt, string error, DateTimeOffset next, DateTimeOffset now)
    {
        Record(attempt, error, now);
        NextAttemptTime = next;
    }

    public V1.Email ToMessage() => new()
    {
        Id = Id.ToString(),
        Status = Status,
        To = To,
        ToName = ToName,
        Subject = Subject,
        TextBody = TextBody,
        HtmlBody = HtmlBody,
        SourceType = SourceType,
        SourceId = SourceId,
        Attempts = Attempts,
        LastError = LastError,
        MessageId = MessageId,
        NextAttemptTime = NextAttemptTime.ToTimestampOrNull(),
        SendTime = SendTime.ToTimestampOrNull(),
        CreateTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(CreateTime),
        UpdateTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(UpdateTime),
    };

    private void End(V1.EmailStatus status, int attempt, string error, DateTimeOffset now)
    {
        Record(attempt, error, now);
        Status = status;
        NextAttemptTime = null;
    }

    private void Record(int attempt, string error, DateTimeOffset now)
    {
        Attempts = attempt;
        LastError = error.Length > MaxErrorLength ? error[..MaxErrorLength] : error;
        UpdateTime = now;
    }
}

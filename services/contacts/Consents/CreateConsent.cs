using FluentValidation;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Access.Fields;
using Platform.Contacts.Leads;
using Platform.Contacts.Merging;
using Platform.Contacts.People;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Consents;

/// <summary>Writes a statement down, and the record says what all of them come to.</summary>
internal static class CreateConsent
{
    private const int MostPurposes = 50;

    private static Error TooMany => Error.Precondition("TOO_MANY_PURPOSES", Say($"A record has consents for at most {MostPurposes} purposes: use one that it has."));

    public sealed class PersonValidator : AbstractValidator<V1.CreatePersonConsentRequest>
    {
        public PersonValidator(TimeProvider time)
        {
            RuleFor(request => request.PersonId).Id();
            RuleFor(request => request.Consent).NotNull().WithMessage("Send the consent.").SetValidator(new ConsentValidator(time));
        }
    }

    public sealed class LeadValidator : AbstractValidator<V1.CreateLeadConsentRequest>
    {
        public LeadValidator(TimeProvider time)
        {
            RuleFor(request => request.LeadId).Id();
            RuleFor(request => request.Consent).NotNull().WithMessage("Send the consent.").SetValidator(new ConsentValidator(time));
        }
    }

    public static Task<Result<V1.ConsentStatement>> Handle(V1.CreatePersonConsentRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var (id, now) = (Guid.Parse(request.PersonId), time.GetUtcNow());
        return db.InTransactionAsync(() => WriteAsync(
            new Writing<Person, V1.Person>(MergeKinds.People, id, person => new V1.PersonUpdated { Person = person.ToMessage() }),
            ConsentStatement.OfPerson(id, Sent(request.Consent), now, db.Caller.CausedBy), db, now, cancellationToken), cancellationToken);
    }

    public static Task<Result<V1.ConsentStatement>> Handle(V1.CreateLeadConsentRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var (id, now) = (Guid.Parse(request.LeadId), time.GetUtcNow());
        return db.InTransactionAsync(() => WriteAsync(
            new Writing<Lead, V1.Lead>(MergeKinds.Leads, id, lead => new V1.LeadUpdated { Lead = lead.ToMessage() }),
            ConsentStatement.OfLead(id, Sent(request.Consent), now, db.Caller.CausedBy), db, now, cancellationToken), cancellationToken);
    }

    // The record is held, so that no two statements leave it with what one of them alone comes to.
    private static async Task<Result<V1.ConsentStatement>> WriteAsync<TRow, TMessage>(
        Writing<TRow, TMessage> writing, ConsentStatement statement, ContactsDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>, IConsenting
        where TMessage : class, IMessage<TMessage>
    {
        if (await writing.Kind.Locked(db, [writing.Id]).SingleOrDefaultAsync(cancellationToken) is not { } row)
            return await db.MissingAsync(writing.Kind, writing.Id, cancellationToken);
        if (writing.Kind.Refuse(row) is { } refused)
            return refused;
        // Also where another word is later.
        if (db.Caller.CheckWritable(TRow.Resource.Info, ListConsents.Field) is { } readOnly)
            return readOnly;
        var all = await db.ConsentStatements.Where(other => other.PersonId == writing.Id || other.LeadId == writing.Id).ToListAsync(cancellationToken);
        var latest = all.Append(statement).Latest();
        if (latest.Consents.Count > MostPurposes)
            return TooMany;
        db.ConsentStatements.Add(statement);
        row.TakeConsents(latest);
        row.UpdateTime = now;
        db.Publish(row.Id, writing.Updated(row));
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : statement.ToMessage();
    }

    // What the platform says itself is not taken from the request.
    private static V1.ConsentStatement Sent(V1.ConsentStatement consent) => new(consent) { Id = "" };

    /// <summary>Whose statement it is.</summary>
    private sealed record Writing<TRow, TMessage>(MergeKind<TRow, TMessage> Kind, Guid Id, Func<TRow, IMessage> Updated)
        where TRow : ProtectedEntity, IMergeable<TRow, TMessage>, IConsenting
        where TMessage : class, IMessage<TMessage>;
}

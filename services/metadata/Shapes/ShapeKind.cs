using FluentValidation;
using Google.Protobuf;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.Metadata.Shapes;

/// <summary>What is special about a kind of shape; all else is done alike by <see cref="CreateShape"/> and its neighbours.</summary>
/// <param name="noun">As events and errors call it, lower case: <c>saved_view</c>.</param>
/// <param name="table">Its table.</param>
/// <param name="limit">How many a company has at most in one scope.</param>
internal abstract class ShapeKind<TShape, TMessage>(string noun, string table, int limit)
    where TShape : Shape<TMessage>, new()
    where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
{
    public string Noun => noun;

    /// <summary>The field of requests that holds it: <c>savedView</c>.</summary>
    public string Root { get; } = ShapeMessage.JsonName(noun);

    public int Limit => limit;

    /// <summary>What is wrong with the message alone.</summary>
    public abstract IValidator<TMessage> Validator { get; }

    /// <summary>Fields that never change.</summary>
    public virtual IReadOnlyList<string> Fixed => ["key"];

    public virtual string ScopeOf(TMessage message, Caller caller) => "";

    /// <summary>The rows that the caller may know of.</summary>
    public virtual IQueryable<TShape> SeenBy(IQueryable<TShape> rows, Caller caller) => rows;

    /// <summary>Why the caller may not have it so, or change what is so.</summary>
    public virtual Error? MayWrite(TMessage message, Caller caller) => null;

    /// <summary>The message as it is kept; what only the platform says is put right here.</summary>
    public virtual TMessage Settle(TMessage message, Caller caller) => message;

    /// <summary>What of it does not fit the company's fields.</summary>
    public virtual Task<IReadOnlyList<Fault>> FaultsAsync(TMessage message, ShapeWork work, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Fault>>([]);

    /// <summary>What the platform adds for the caller.</summary>
    public virtual Task DressAsync(IReadOnlyList<TMessage> messages, ShapeWork work, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Why it cannot go.</summary>
    public virtual Task<Error?> MayDeleteAsync(TShape shape, ShapeWork work, CancellationToken cancellationToken) => Task.FromResult<Error?>(null);

    /// <summary>Runs a change, alone where others must not happen beside it.</summary>
    public virtual Task<Result<T>> ChangeAsync<T>(ShapeWork work, Func<Task<Result<T>>> change, CancellationToken cancellationToken)
        where T : class => work.Db.InTransactionAsync(change, cancellationToken);

    /// <summary>Tells of a change that is about to be saved.</summary>
    public virtual Task TellAsync(TShape shape, bool deleted, ShapeWork work, CancellationToken cancellationToken)
    {
        work.Db.Publish(shape.Id, new V1.ShapeChanged
        {
            Kind = noun,
            Id = shape.Id.ToString(),
            Key = shape.Key,
            Resource = ShapeMessage.Text(shape.Definition, "resource"),
            Deleted = deleted,
        });
        return Task.CompletedTask;
    }

    /// <summary>VIEW of saved_view: what the codes of errors end with.</summary>
    public string Code => noun[(noun.LastIndexOf('_') + 1)..].ToUpperInvariant();

    /// <summary>The same in the plural.</summary>
    public string Codes => Code.EndsWith('Y') ? $"{Code[..^1]}IES" : $"{Code}S";

    public UniqueViolation KeyTaken(string key) => new(ShapeConfiguration.UniqueKey(table), ShapeErrors.Exists(Code, Root, key));
}

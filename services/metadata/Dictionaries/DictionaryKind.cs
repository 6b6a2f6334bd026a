using FluentValidation;
using Platform.Errors;
using Platform.Metadata.Schemas;
using Platform.Metadata.Shapes;
using Platform.Tenancy;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Dictionaries;

/// <summary>A change of a dictionary is a change of every field that names it.</summary>
internal sealed class DictionaryKind() : ShapeKind<Dictionary, V1.Dictionary>("dictionary", "dictionaries", limit: 500)
{
    public static readonly DictionaryKind Instance = new();

    public override IValidator<V1.Dictionary> Validator { get; } = new DictionaryValidator();

    public override Error? MayWrite(V1.Dictionary message, Caller caller) => caller.Permissions.Contains(Permissions.Write) ? null : ShapeErrors.NeedsWrite;

    public override V1.Dictionary Settle(V1.Dictionary message, Caller caller)
    {
        message.UsedBy.Clear();
        return message;
    }

    public override async Task DressAsync(IReadOnlyList<V1.Dictionary> messages, ShapeWork work, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return;
        var users = (await work.Db.ChoiceFieldsAsync(cancellationToken)).Where(field => !field.IsDeleted).ToLookup(field => field.Definition.Dictionary, StringComparer.Ordinal);
        foreach (var message in messages)
            message.UsedBy.AddRange(users[message.Key].Select(field => $"{field.Resource}/{field.Key}").Order(StringComparer.Ordinal));
    }

    // Alone among changes of fields, so that none begins to name what is about to go.
    public override Task<Result<T>> ChangeAsync<T>(ShapeWork work, Func<Task<Result<T>>> change, CancellationToken cancellationToken) =>
        work.Db.InTransactionAsync(async () =>
        {
            await work.Db.HoldSchemaAsync(cancellationToken);
            return await change();
        }, cancellationToken);

    public override async Task<Error?> MayDeleteAsync(Dictionary shape, ShapeWork work, CancellationToken cancellationToken)
    {
        var users = (await work.Db.ChoiceFieldsAsync(cancellationToken)).Where(field => field.Definition.Dictionary == shape.Key).ToList();
        if (users.Count == 0)
            return null;
        var names = string.Join(", ", users.Select(field => $"{field.Resource}/{field.Key}").Order(StringComparer.Ordinal).Take(10));
        return Error.Precondition("DICTIONARY_IN_USE", Say(
            $"Fields have their choices from here: {names}. Give them others first; a deleted field counts while it can be restored.",
            $"Felder haben ihre Auswahl von hier: {names}. Geben Sie ihnen zuerst eine andere; ein gelöschtes Feld zählt, solange es wiederhergestellt werden kann.",
            $"Отсюда берут значения поля: {names}. Сначала дайте им другие; удалённое поле считается, пока его можно восстановить."));
    }

    public override async Task TellAsync(Dictionary shape, bool deleted, ShapeWork work, CancellationToken cancellationToken)
    {
        await base.TellAsync(shape, deleted, work, cancellationToken);
        await work.Db.AnnounceUsersAsync(shape.Key, cancellationToken);
    }
}

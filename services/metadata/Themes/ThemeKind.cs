using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Metadata.Schemas;
using Platform.Metadata.Shapes;
using Platform.Tenancy;

namespace Platform.Metadata.Themes;

internal sealed class ThemeKind() : ShapeKind<Theme, V1.Theme>("theme", "themes", limit: 50)
{
    public static readonly ThemeKind Instance = new();

    public override IValidator<V1.Theme> Validator { get; } = new ThemeValidator();

    public override Error? MayWrite(V1.Theme message, Caller caller) => caller.Permissions.Contains(Permissions.Write) ? null : ShapeErrors.NeedsWrite;

    // The image says of what type it is; a request does not.
    public override V1.Theme Settle(V1.Theme message, Caller caller)
    {
        (message.LogoType, message.Label) = ("", message.Label.Trim());
        return message;
    }

    public override async Task DressAsync(IReadOnlyList<V1.Theme> messages, ShapeWork work, CancellationToken cancellationToken)
    {
        var ids = messages.Select(message => message.Id.ToId()).ToList();
        var types = await work.Db.ThemeLogos.AsNoTracking().Where(logo => ids.Contains(logo.ThemeId)).ToDictionaryAsync(logo => $"{logo.ThemeId}", logo => logo.ContentType, cancellationToken);
        foreach (var message in messages)
            message.LogoType = types.GetValueOrDefault(message.Id, "");
    }

    public override Task<IReadOnlyList<Fault>> FaultsAsync(V1.Theme message, ShapeWork work, CancellationToken cancellationToken) => Task.FromResult(Contrast.FaultsOf(message));

    // One after the other, so that one of them is in use and not two.
    public override Task<Result<T>> ChangeAsync<T>(ShapeWork work, Func<Task<Result<T>>> change, CancellationToken cancellationToken) =>
        work.Db.InTransactionAsync(async () =>
        {
            await work.Db.HoldSchemaAsync(cancellationToken);
            return await change();
        }, cancellationToken);

    public override async Task TellAsync(Theme shape, bool deleted, ShapeWork work, CancellationToken cancellationToken)
    {
        await base.TellAsync(shape, deleted, work, cancellationToken);
        if (!shape.Active || deleted)
            return;
        foreach (var other in await work.Db.Themes.Where(theme => theme.Active && theme.Id != shape.Id).ToListAsync(cancellationToken))
        {
            var message = other.Definition.Clone();
            message.Active = false;
            other.Update(message, work.Time.GetUtcNow());
        }
    }
}

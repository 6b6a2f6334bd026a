using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Metadata.Dashboards;
using Platform.Metadata.Dictionaries;
using Platform.Metadata.Layouts;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;
using Platform.Metadata.Themes;
using Platform.Metadata.Views;

namespace Platform.Metadata.Packages;

/// <summary>Takes one step of an apply, by the use cases that people use as well.</summary>
internal sealed class PackageSteps(ShapeWork work, PackagedFields fields, PackagedObjects objects)
{
    private static readonly FieldMask Whole = new() { Paths = { "*" } };

    /// <summary>Null when it went well.</summary>
    public Task<Error?> TakeAsync(PackageChange change, CancellationToken cancellationToken) => change.Item.Kind switch
    {
        "object" => objects.TakeAsync(change, cancellationToken),
        "field" => fields.TakeAsync(change, cancellationToken),
        "dictionary" => ShapeAsync(DictionaryKind.Instance, change, cancellationToken),
        "view" => ShapeAsync(Views.SavedViewKind.Instance, change, cancellationToken),
        "layout" => ShapeAsync(LayoutShapeKind.Instance, change, cancellationToken),
        "dashboard" => ShapeAsync(DashboardKind.Instance, change, cancellationToken),
        "theme" => ShapeAsync(ThemeKind.Instance, change, cancellationToken),
        _ => LogoAsync(change, cancellationToken),
    };

    private async Task<Error?> ShapeAsync<TShape, TMessage>(ShapeKind<TShape, TMessage> kind, PackageChange change, CancellationToken cancellationToken)
        where TShape : Shape<TMessage>, new()
        where TMessage : class, IMessage<TMessage>, IDeepCloneable<TMessage>, new()
    {
        if (change is { Before: null, After: { } made })
            return (await CreateShape.Handle(kind, (TMessage)made.Message, work, cancellationToken)).Error;
        var (key, scope) = (ShapeMessage.Text(change.Item.Message, "key"), ShapeMessage.Text(change.Item.Message, "resource"));
        var id = (await work.Db.Set<TShape>().Where(row => row.Scope == scope && row.Key == key).Select(row => row.Id).SingleAsync(cancellationToken)).ToString();
        if (change.After is null)
            return (await DeleteShape.Handle(kind, id, "", work, cancellationToken)).Error;
        var message = ((TMessage)change.After.Message).Clone();
        ShapeMessage.Set(message, "id", id);
        return (await UpdateShape.Handle(kind, message, Whole, work, cancellationToken)).Error;
    }

    private async Task<Error?> LogoAsync(PackageChange change, CancellationToken cancellationToken)
    {
        var logo = (PackagedLogo)change.Item.Message;
        if (await work.Db.Themes.SingleOrDefaultAsync(row => row.Key == logo.Theme, cancellationToken) is not { } theme)
            return Error.Invalid("logo.theme", Language.Say($"There is no theme '{logo.Theme}'.", $"Es gibt kein Thema '{logo.Theme}'.", $"Темы «{logo.Theme}» нет."));
        return (await BrandTheme.SetAsync(theme, change.After is null ? default : logo.Content.Memory, work, cancellationToken)).Error;
    }
}

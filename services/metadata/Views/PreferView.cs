using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Metadata.Shapes;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Views;

internal static class PreferView
{
    public static async Task<Result<V1.SavedView>> Handle(V1.PreferSavedViewRequest request, ShapeWork work, CancellationToken cancellationToken)
    {
        if (work.Caller.UserId() is not { } user)
            return Error.Precondition("VIEW_NEEDS_PERSON", Say("Only a person has a view of choice.", "Nur eine Person hat eine bevorzugte Ansicht.", "Своё представление бывает только у человека."));
        if (await SavedViewKind.Instance.LoadAsync(request.Id, work, cancellationToken) is not { } view)
            return Error.NotFound(SavedViewKind.Instance.Noun, request.Id);
        var preference = await work.Db.ViewPreferences.SingleOrDefaultAsync(row => row.UserId == user && row.Resource == view.Resource, cancellationToken);
        if (!request.Withdraw && preference is null)
            work.Db.ViewPreferences.Add(new ViewPreference { UserId = user, Resource = view.Resource, ViewId = view.Id });
        else if (!request.Withdraw)
            preference!.ViewId = view.Id;
        else if (preference?.ViewId == view.Id)
            work.Db.ViewPreferences.Remove(preference);
        return await work.Db.TrySaveChangesAsync(cancellationToken) is { } error ? error : await ShapeReply.OfAsync(SavedViewKind.Instance, view, work, cancellationToken);
    }
}

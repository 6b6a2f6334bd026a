namespace Platform.Tenants.Shares;

/// <summary>
/// How a limit is divided: what all services together can come to have is never more than the limit, unless they had more when it was
/// set. Nobody is given more while another one has not said what it has.
/// </summary>
/// <param name="total">The limit.</param>
/// <param name="shares">Those of all services.</param>
internal sealed class Division(long total, IReadOnlyList<LimitShare> shares)
{
    // Who asks gets a part of what is left beside what it needs: each asks seldom, and others find something too.
    private const int Portion = 4;

    /// <summary>Gives the service that asks what it needs and some more, where there is so much.</summary>
    /// <param name="request">What it holds, and needs.</param>
    /// <param name="evenLess">Whether it gets what there is where that is not enough.</param>
    public V1.TakeShareResponse Take(V1.TakeShareRequest request, bool evenLess)
    {
        var mine = shares.Single(share => share.Service == request.Service);
        var others = shares.Where(share => share != mine).ToList();
        var isCurrent = mine.Hear(request.Round, request.Share, request.Used);
        var room = total - others.Sum(share => share.Held);
        var needed = request.Used + request.Wanted;
        var share = needed <= room ? needed + ((room - needed) / Portion) : evenLess ? room : request.Share;
        // An answer that never got there is counted as its own already.
        if (!isCurrent && mine.IsKnown)
            share = Math.Max(share, Math.Min(mine.Held, room));
        if (share > request.Share)
            mine.Give(share);
        return new V1.TakeShareResponse
        {
            Round = share > request.Share ? mine.Round : request.Round,
            Share = Math.Max(share, request.Share),
            Total = total,
            Used = request.Used + others.Sum(share => share.Used),
        };
    }
}

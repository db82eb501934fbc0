using Platform.Workers.Pki;

namespace Platform.Api.Lists;

/// <summary>What every list needs.</summary>
public static class ListsRoom
{
    extension(IServiceCollection services)
    {
        /// <param name="keyFolder">Of the key that seals cursors; where several nodes answer, all have the same.</param>
        public void AddLists(string keyFolder) => services.AddSingleton(_ => new CursorSeal(KeyFile.ReadOrMake(
            KeyFile.In(keyFolder, "cursor.key"), () => System.Security.Cryptography.RandomNumberGenerator.GetBytes(CursorSeal.KeyBytes))));
    }

    extension(RouteHandlerBuilder route)
    {
        /// <summary>The route answers a <see cref="ListAnswer{T}"/> of that list, to a <see cref="ListQuery"/>.</summary>
        public RouteHandlerBuilder Lists(ListDeclaration list) => route.WithMetadata(list);
    }
}

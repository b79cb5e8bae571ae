export { listOffers, offerDiscounts, withdrawOffer, type NewOffer, type OfferRow } from './offers';
export { honourDiscounts, readOffers, standingOf, takeBackDiscounts } from './honour';

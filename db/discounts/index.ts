export { listOffers, offerDiscounts, withdrawOffer, type NewOffer, type OfferRow } from './offers';
export { honourDiscounts, takeBackDiscounts } from './honour';
